import { expect, it } from 'vitest';
import { Random } from '../../../cli/generate/random';

it('gives what depends on the seed, the subject and the index alone', () => {
  const orders = Random.about('order', 1);
  const third = orders.at(3).next();
  for (let index = 0; index < 100; index += 1) orders.at(index).next();
  expect(orders.at(3).next()).toBe(third);
  expect(Random.about('order', 1).at(3).next()).toBe(third);
  expect(Random.about('order', 2).at(3).next()).not.toBe(third);
  expect(Random.about('item', 1).at(3).next()).not.toBe(third);
  expect(orders.at(3 + 2 ** 32).next()).not.toBe(third);
});

it('is even, also over neighbouring indices', () => {
  const random = Random.about('order', 1);
  const buckets = new Array<number>(10).fill(0);
  for (let index = 0; index < 100_000; index += 1) {
    const bucket = Math.floor(random.at(index).next() * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

it('gives on every machine these numbers', () => {
  const random = Random.about('order', 1).at(7);
  expect([random.below(1_000_000), random.between(1, 6), random.pick(['a', 'b', 'c'])]).toMatchInlineSnapshot(`
    [
      487239,
      4,
      "b",
    ]
  `);
});
