import { CreateJobCommand, GlueClient, StartJobRunCommand } from '@aws-sdk/client-glue';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/report-job/index';
import { changeItem, createLedger, createTopic, type TestTopic } from '../support/aws';
import { enterRun } from '../support/ledger';
import { receivedRun } from '../support/runs';

const JOB = 'assay-test-silver-to-changes';
const glue = new GlueClient({});
let topic: TestTopic;

/** A run of the job with these arguments, whatever it does; its id. */
async function runOf(values: Record<string, string>): Promise<string> {
  const { JobRunId: id = '' } = await glue.send(new StartJobRunCommand({ JobName: JOB, Arguments: values }));
  return id;
}

const ended = (jobRunId: string, state: string) => ({
  'detail-type': 'Glue Job State Change',
  region: 'eu-west-1',
  detail: { jobName: JOB, jobRunId, state, severity: 'INFO', message: 'as Glue says it' },
});

beforeAll(async () => {
  await createLedger();
  const Command = { Name: 'glueetl', ScriptLocation: 's3://nowhere/script.py' };
  await glue.send(new CreateJobCommand({ Name: JOB, Role: 'arn:aws:iam::000000000000:role/r', Command }));
});
beforeEach(async () => {
  topic = await createTopic();
  process.env['JOB_TOPIC_ARN'] = topic.arn;
});

describe('report-job', () => {
  test('tells what the run was about, as far as the ledger knows it, and gives machines the same as attributes', async () => {
    const run = receivedRun('told', { dataset: 'transactions' });
    await enterRun(run);
    await changeItem(run.runId, { rows: { read: 10, published: 7, quarantined: 2, deduplicated: 1 } });
    const id = await runOf({ '--dataset': 'transactions', '--run_id': run.runId, '--source_key': run.key });
    await handler(ended(id, 'SUCCEEDED'));
    const [told] = await topic.received();
    expect(told?.subject).toBe('transactions: assay-test-silver-to-changes succeeded');
    expect(told?.message.replace(/Duration: \d+/, 'Duration: n')).toBe(
      [
        'Job: assay-test-silver-to-changes',
        'State: SUCCEEDED',
        'Duration: n seconds',
        'Dataset: transactions',
        `File: ${run.key}`,
        `Run: ${run.runId}`,
        'Rows read: 10',
        'Rows published: 7',
        'Rows quarantined: 2',
        'Rows deduplicated: 1',
        `Glue run: ${id}`,
        `Console: https://eu-west-1.console.aws.amazon.com/gluestudio/home?region=eu-west-1#/job/${JOB}/run/${id}`,
      ].join('\n'),
    );
    expect(told?.attributes).toEqual({ dataset: 'transactions', job: JOB, state: 'SUCCEEDED', run: run.runId, jobRunId: id });
  });

  test('names the source of an extract, which is of no file yet', async () => {
    const id = await runOf({ '--source': 'concessions' });
    await handler(ended(id, 'SUCCEEDED'));
    const [told] = await topic.received();
    expect(told?.subject).toBe('concessions: assay-test-silver-to-changes succeeded');
    expect(told?.message).toContain('Source: concessions');
    expect(told?.attributes).toEqual({ source: 'concessions', job: JOB, jobRunId: id, state: 'SUCCEEDED' });
  });

  test('of a run that was started by hand tells what there is', async () => {
    const id = await runOf({});
    await handler(ended(id, 'STOPPED'));
    const [told] = await topic.received();
    expect(told?.message).toContain('State: STOPPED');
    expect(told?.attributes).toEqual({ job: JOB, jobRunId: id, state: 'STOPPED' });
  });

  test('fails where it cannot tell, so that the event comes again', async () => {
    process.env['JOB_TOPIC_ARN'] = `${topic.arn}-not-there`;
    await expect(handler(ended(await runOf({}), 'SUCCEEDED'))).rejects.toThrow();
    await expect(handler(ended('no such run', 'SUCCEEDED'))).rejects.toThrow();
    await expect(handler({ 'detail-type': 'another' })).rejects.toThrow();
  });
});
