import { beforeAll, describe, expect, it } from 'vitest';
import { arrivalOf } from '../lambdas/support/arrivals';
import { drillName, expectClean } from './support/clean';
import { commitsOf } from './support/iceberg';
import { DrillLaptop } from './support/laptop';
import { oneFile } from './support/purchases';
import { InboxQueue } from './support/queue';

describe('one event a hundred times at once', () => {
  const drill = drillName('often');
  let laptop: DrillLaptop;
  beforeAll(async () => {
    laptop = await DrillLaptop.connect();
  });

  it('is one execution and one load', async () => {
    const queue = await InboxQueue.of(laptop);
    const file = oneFile(drill);
    const runId = await laptop.put(file);
    const [versionId = ''] = await laptop.versionsIn(laptop.inbox, file.key);
    const version = { bucket: laptop.inbox, key: file.key, versionId, size: file.content.length, sha256: '' };
    await queue.flood(arrivalOf(version).body, 100);
    const run = await laptop.whenOver(runId);
    expect(run.status).toBe('succeeded');
    await queue.untilEmpty();
    expect(await laptop.runsOf(drill)).toHaveLength(1);
    expect(await laptop.executionsOf(run)).toBe(1);
    expect(await commitsOf(laptop, runId)).toHaveLength(1);
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'one'));
});
