import type { Random } from './random';

/** Picks values, each as often as its weight says. */
export class Weighted<Value> {
  private readonly total: number;

  constructor(private readonly choices: readonly (readonly [value: Value, weight: number])[]) {
    this.total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  }

  /** Values with their weights by position; of those without one, one each. */
  static by<Value>(values: readonly Value[], weights: readonly number[]): Weighted<Value> {
    return new Weighted(values.map((value, index) => [value, weights[index] ?? 1]));
  }

  pick(random: Random): Value {
    let rest = random.next() * this.total;
    for (const [value, weight] of this.choices) {
      rest -= weight;
      if (rest < 0) return value;
    }
    const last = this.choices.at(-1);
    if (last === undefined) throw new Error('nothing to pick from');
    return last[0];
  }
}
