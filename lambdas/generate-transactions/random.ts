import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Numbers that look random and are the same for the same seed, on every machine: whole numbers only. */
export class Random {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** From `low` to `high`, both included. */
  between(low: number, high: number): number {
    return uniformInt(this.generator, low, high);
  }

  /** Once in so many times. */
  once(inTimes: number): boolean {
    return this.between(1, inTimes) === 1;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** A place in the weights, each as often as its weight, which is a whole number, says. */
  weighted(weights: readonly number[]): number {
    let rest = this.between(
      1,
      weights.reduce((sum, weight) => sum + weight, 0),
    );
    return weights.findIndex((weight) => (rest -= weight) <= 0);
  }

  /** One of the items, each as often as its weight says. */
  choose<Item>(choices: readonly (readonly [item: Item, weight: number])[]): Item {
    const choice = choices[this.weighted(choices.map(([, weight]) => weight))];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice[0];
  }
}
