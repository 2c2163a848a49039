import type { Random } from './random';

/** Picks values, each as often as its weight says. */
export class Weighted<Value> {
  private readonly values: readonly Value[];
  /** Up to and with each value. */
  private readonly sums: readonly number[];

  constructor(choices: readonly (readonly [value: Value, weight: number])[]) {
    let sum = 0;
    this.values = choices.map(([value]) => value);
    this.sums = choices.map(([, weight]) => (sum += weight));
  }

  /** Values with their weights by position; of those without one, one each. */
  static by<Value>(values: readonly Value[], weights: readonly number[]): Weighted<Value> {
    return new Weighted(values.map((value, index) => [value, weights[index] ?? 1]));
  }

  pick(random: Random): Value {
    const last = this.values.length - 1;
    const at = random.next() * (this.sums[last] ?? 0);
    let index = 0;
    while (index < last && (this.sums[index] ?? 0) <= at) index += 1;
    const value = this.values[index];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
}
