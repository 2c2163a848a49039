import { DIMENSIONS, type Dimension } from '../../../contracts/scores';
import type { Random } from '../random';

/**
 * Says row by row which defect the row gets, so that in the end there are exactly as many of each as wanted, anywhere in the
 * file, with nothing kept but the counts. Source: selection sampling, Knuth, The Art of Computer Programming 2, 3.4.2, S.
 */
export class Places {
  private readonly left: Record<Dimension, number>;

  constructor(
    private rows: number,
    counts: Readonly<Record<Dimension, number>>,
    private readonly random: Random,
  ) {
    this.left = { ...counts };
  }

  next(): Dimension | undefined {
    const chance = this.random.next() * this.rows;
    this.rows -= 1;
    let until = 0;
    for (const dimension of DIMENSIONS) {
      until += this.left[dimension];
      if (chance < until) {
        this.left[dimension] -= 1;
        return dimension;
      }
    }
    return undefined;
  }
}
