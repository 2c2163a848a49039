import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from '../acceptance/alerts';
import { enterClaimed } from './support/claimed';
import { drillName, expectClean } from './support/clean';
import { invoke, withVariables } from './support/function-settings';
import { glueProcesses } from './support/processes';
import { DrillLaptop } from './support/laptop';
import { oneFile } from './support/purchases';
import { InboxQueue } from './support/queue';
import { randomOf } from './support/seed';

const random = randomOf('left-behind');
let laptop: DrillLaptop;
let queue: InboxQueue;
beforeAll(async () => {
  laptop = await DrillLaptop.connect();
  queue = await InboxQueue.of(laptop);
});

describe('the sweep', () => {
  const [claimed, unannounced] = [drillName('claimed'), drillName('unheard')];

  it('starts a file whose claim was left behind, and takes one whose event was lost', async () => {
    const runs = await queue.whileNobodyTakes(async () => {
      const [left, lost] = [await laptop.put(oneFile(claimed)), await laptop.put(oneFile(unannounced))];
      await queue.lose(2);
      await enterClaimed(laptop, left, oneFile(claimed), new Date(Date.now() - 3_600_000));
      return [left, lost];
    });
    await sleep(1000);
    const swept = await withVariables(laptop, 'sweep-inbox', { TAKE_AFTER_MINUTES: '0.01' }, () =>
      invoke(laptop, 'sweep-inbox', {}),
    );
    expect(swept).toMatchObject({ taken: 1, lookedAfter: 1 });
    for (const run of runs) expect(await laptop.whenOver(run)).toMatchObject({ status: 'succeeded' });
    expect([...(await laptop.runsOf(claimed)), ...(await laptop.runsOf(unannounced))].map(({ id }) => id)).toEqual(runs);
  });

  it('of a claim that was left behind: ends in the tables of a clean run', () => expectClean(laptop, claimed, 'one'));
  it('of a lost event: ends in the tables of a clean run', () => expectClean(laptop, unannounced, 'one'));
});

describe('an execution that is stopped', () => {
  const drill = drillName('stopped');

  it('is closed as failed with one alert; the same bytes, dropped again, are loaded', async () => {
    const topic = await laptop.account.output('pipelines', 'FailureTopicArn');
    const failures = await Mailbox.subscribedTo(topic, laptop.account.settings.endpoint ?? '', `failures-${drill}`);
    const runId = await laptop.put(oneFile(drill));
    while (glueProcesses().length === 0) await sleep(100);
    await sleep(random() * 3000);
    const executionArn = (await laptop.ledger.get(runId))?.executionArn;
    await laptop.stepFunctions.send(new StopExecutionCommand({ executionArn }));
    const stopped = await laptop.whenOver(runId);
    expect(stopped).toMatchObject({ status: 'failed', error: { name: 'ExecutionCutOff' } });
    const messages = await failures.empty();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(drill);
    expect(await laptop.load(oneFile(drill))).toMatchObject({ status: 'succeeded' });
    // The Glue run goes on without its execution.
    while (glueProcesses().length > 0) await sleep(100);
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'one'));
});
