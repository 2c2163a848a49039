import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { drillName, expectClean } from './support/clean';
import { DrillLaptop } from './support/laptop';
import { fiveFiles } from './support/purchases';
import { InboxQueue } from './support/queue';
import { SEED } from './support/seed';

const FIVE = [0, 1, 2, 3, 4];
const ORIGINAL = 0;
const CORRECTED = 4;

/** The five files and some of them again, in any order that ends, of the two versions of one file, with the corrected one. */
const orders = fc
  .subarray(FIVE, { minLength: 1, maxLength: 2 })
  .chain((again) => fc.shuffledSubarray([...FIVE, ...again], { minLength: FIVE.length + again.length }))
  .map((order) => {
    const endsRight = order.lastIndexOf(CORRECTED) > order.lastIndexOf(ORIGINAL);
    const other = new Map([
      [ORIGINAL, CORRECTED],
      [CORRECTED, ORIGINAL],
    ]);
    return endsRight ? order : order.map((index) => other.get(index) ?? index);
  });

describe('five files, one of them the corrected version of another', () => {
  let laptop: DrillLaptop;
  let queue: InboxQueue;
  beforeAll(async () => {
    laptop = await DrillLaptop.connect();
    queue = await InboxQueue.of(laptop);
  });

  it('in any order and any repetition, without waiting, end in the tables of a clean run', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const drill = drillName('order');
        const files = fiveFiles(drill);
        const runs: string[] = [];
        for (const index of order) runs.push(await laptop.put(files[index as 0]));
        const ended = await Promise.all(runs.map((run) => laptop.whenOver(run)));
        for (const { id, status } of ended) expect(status, id).toMatch(/succeeded|skipped/);
        await queue.untilEmpty();
        await expectClean(laptop, drill, 'five');
      }),
      // Every try is many loads; more of them, and with another order each, by other seeds.
      { numRuns: 1, seed: SEED, endOnFailure: true },
    );
  });
});
