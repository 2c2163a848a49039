import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivals, countArrivals } from '../../../cli/generate/arrivals';
import { datasetsOf } from '../../../cli/generate/datasets';
import type { Dataset } from '../../../cli/generate/dataset/dataset';
import type { Plan } from '../../../cli/generate/world';
import { CONTRACTS, contract } from './judging';

const plans = fc
  .record({
    seed: fc.nat(),
    sizes: fc.record({
      customers: fc.integer({ min: 1, max: 60 }),
      products: fc.integer({ min: 1, max: 40 }),
      orders: fc.integer({ min: 1, max: 200 }),
      webEvents: fc.integer({ min: 1, max: 500 }),
    }),
    from: fc.constantFrom('2024-01-01', '2024-02-29', '2000-01-01', '2025-12-31'),
    days: fc.integer({ min: 1, max: 90 }),
    cut: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ days, cut, from, ...plan }): Plan => {
    const to = new Date(Date.parse(from) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
    return { ...plan, from, to, batches: Math.min(cut, days) };
  });

const TIMES: Readonly<Record<string, string>> = { orders: 'ordered_at', order_items: 'ordered_at', web_events: 'occurred_at' };

it('has every row once, and those that are mended twice, whatever the seed, the sizes and the days', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      for (const dataset of datasetsOf(plan, CONTRACTS)) {
        const keys = new Set<string>();
        let [rows, corrections] = [0, 0];
        for (let batch = 0; batch < plan.batches; batch += 1) {
          const [inFile, again] = checkFile(dataset, batch, plan, keys);
          rows += inFile;
          corrections += again;
        }
        expect(rows - corrections).toBe(keys.size);
        const sizes: Readonly<Record<string, number>> = { orders: plan.sizes.orders, web_events: plan.sizes.webEvents };
        expect(keys.size).toBe(sizes[dataset.name] ?? keys.size);
      }
    }),
    { numRuns: 60 },
  );
});

/** How many rows a file has, and how many of them mend one that came before; adds their keys. */
function checkFile(dataset: Dataset, batch: number, plan: Plan, keys: Set<string>): [rows: number, corrections: number] {
  const { primaryKey } = contract(dataset.name);
  const [first, last] = [Date.parse(plan.from), Date.parse(plan.to) + 86_400_000];
  const inFile = new Set<string>();
  let [rows, corrections] = [0, 0];
  for (const { row, kind } of arrivals(dataset, batch, plan.batches)) {
    const key = primaryKey.map((name) => row[name]).join(' ');
    expect(keys.has(key) && !inFile.has(key)).toBe(kind === 'correction');
    expect(inFile.has(key)).toBe(false);
    inFile.add(key);
    keys.add(key);
    rows += 1;
    if (kind === 'correction') corrections += 1;
    const time = row[TIMES[dataset.name] ?? ''];
    if (typeof time === 'number') expect(time >= first && time < last).toBe(true);
  }
  expect(countArrivals(dataset, batch, plan.batches)).toBe(rows);
  return [rows, corrections];
}

it('begins a file at once, however large it is: nothing is made before it is asked for', () => {
  const sizes = { customers: 99_999_999, products: 999_999, orders: 999_999_999, webEvents: 9_999_999_999 };
  const plan = { seed: 1, sizes, from: '2024-01-01', to: '2024-12-31', batches: 1 };
  const before = process.memoryUsage().heapUsed;
  const datasets = datasetsOf(plan, CONTRACTS);
  const firsts = datasets.map((dataset) => [...take(arrivals(dataset, 0, 1), 1000)].length);
  expect(firsts).toEqual(datasets.map(() => 1000));
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
});

function* take<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken === most) return;
  }
}
