import type { Dataset, Fact } from './dataset/dataset';
import type { Row } from './row';

/** A row as it stands in the file of a batch. */
export interface Arrival {
  readonly row: Row;
  /** `wrong` is mended by a `correction` in the next batch's file; a `late` row is of the batch before. */
  readonly kind: 'on time' | 'late' | 'wrong' | 'correction';
}

/**
 * The rows of a batch's file, clean: what the batch before left to it, then its own. A function of the world, the dataset and
 * the batch alone, so any file can be made by itself; nothing is kept in memory.
 */
export function* arrivals(dataset: Dataset, batch: number, batches: number): Generator<Arrival> {
  for (const { index, row } of batch === 0 ? [] : dataset.facts(batch - 1, (each) => dataset.fateOf(each) !== 'on time'))
    yield { row, kind: dataset.fateOf(index) === 'late' ? 'late' : 'correction' };
  const isLast = batch === batches - 1;
  for (const fact of dataset.facts(batch, (index) => isLast || dataset.fateOf(index) !== 'late'))
    yield own(dataset, fact, isLast);
}

function own(dataset: Dataset, fact: Fact, isLast: boolean): Arrival {
  if (isLast || dataset.fateOf(fact.index) === 'on time') return { row: fact.row, kind: 'on time' };
  return { row: dataset.mistaken(fact), kind: 'wrong' };
}

/** How many rows `arrivals` has, found out without making them. */
export function countArrivals(dataset: Dataset, batch: number, batches: number): number {
  let count = 0;
  const counting = (isThere: (index: number) => boolean) => (index: number) => {
    if (isThere(index)) count += 1;
    return false;
  };
  const through = (number: number, isThere: (index: number) => boolean): void => {
    for (const unwanted of dataset.facts(number, counting(isThere))) throw new Error(`row ${unwanted.index} was not wanted`);
  };
  if (batch > 0) through(batch - 1, (index) => dataset.fateOf(index) !== 'on time');
  through(batch, (index) => batch === batches - 1 || dataset.fateOf(index) !== 'late');
  return count;
}
