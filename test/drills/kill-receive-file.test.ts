import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { drillName, expectClean } from './support/clean';
import { withVariables } from './support/function-settings';
import { commitsOf } from './support/iceberg';
import { DrillLaptop } from './support/laptop';
import { functionProcesses, kill } from './support/processes';
import { proxyTo } from '../network/proxy';
import { oneFile } from './support/purchases';
import { InboxQueue } from './support/queue';

/** When the queue gives the message out once more; as it is deployed, six minutes. */
const AGAIN_AFTER_SECONDS = 3;

describe('receive-file, killed after StartExecution and before it answers', () => {
  const drill = drillName('received');
  let laptop: DrillLaptop;
  beforeAll(async () => {
    laptop = await DrillLaptop.connect();
  });

  it('gets the message again: one execution, one load', async () => {
    let starts = 0;
    let killed: number[] = [];
    const proxy = await proxyTo(laptop.account.settings.endpoint ?? '', {
      answered: ({ headers: { 'x-amz-target': target } }) => {
        if (target !== 'AWSStepFunctions.StartExecution') return 'pass on';
        starts += 1;
        if (starts > 1) return 'pass on';
        killed = functionProcesses('receive-file');
        killed.forEach(kill);
        return 'swallow';
      },
    });
    onTestFinished(proxy.close);
    const queue = await InboxQueue.of(laptop);
    const runId = await queue.withVisibility(AGAIN_AFTER_SECONDS, () =>
      withVariables(laptop, 'receive-file', { AWS_ENDPOINT_URL_SFN: proxy.endpoint }, async () => {
        const id = await laptop.put(oneFile(drill));
        await laptop.whenOver(id);
        return id;
      }),
    );
    expect(killed).toHaveLength(1);
    expect(starts).toBe(2);
    const [run, ...others] = await laptop.runsOf(drill);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ id: runId, status: 'succeeded' });
    expect(run && (await laptop.executionsOf(run))).toBe(1);
    expect(await commitsOf(laptop, runId)).toHaveLength(1);
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'one'));
});
