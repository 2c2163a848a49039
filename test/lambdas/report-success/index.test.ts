import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contentId } from '../../../lambdas/ledger/items';
import { handler as receive } from '../../../lambdas/receive-file/index';
import { handler } from '../../../lambdas/report-success/index';
import { arrivalOf, batch } from '../support/arrivals';
import {
  changeItem,
  createBucket,
  createLedger,
  createStateMachine,
  createTopic,
  executionInput,
  executionNames,
  readItem,
  type TestTopic,
} from '../support/aws';
import { enterRun } from '../support/ledger';
import { keys, put, remove } from '../support/objects';
import { archivedRun } from '../support/runs';

const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:assay-dev-purchases:name';
let successes: TestTopic;

beforeAll(async () => {
  await createLedger();
  successes = await createTopic();
});
beforeEach(async () => {
  process.env['SUCCESS_TOPIC_ARN'] = successes.arn;
  await successes.received();
});

describe('report-success', () => {
  test('closes the run in the ledger and tells the counts', async () => {
    const run = archivedRun('counted');
    await enterRun(run);
    await changeItem(run.runId, { rows: { read: 10, published: 7, quarantined: 2, deduplicated: 1 } });
    expect(await handler({ run, executionArn: EXECUTION })).toEqual(run);
    expect(await readItem(run.runId)).toMatchObject({
      status: 'succeeded',
      executionArn: EXECUTION,
      endedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      rows: { read: 10, published: 7, quarantined: 2, deduplicated: 1 },
      archive: { bucket: 'archive', key: 'k', versionId: 'a1' },
    });
    expect(await readItem(run.runId)).not.toHaveProperty('leaseUntil');
    expect(await readItem(contentId('purchases', run.sha256))).toMatchObject({ status: 'succeeded' });
    expect(await successes.received()).toEqual([
      {
        subject: 'purchases: 7 rows published, 2 quarantined',
        message: [
          'Dataset: purchases',
          'File: s3://inbox/counted/customer_purchases_20250102.csv',
          'Version: v1',
          `Run: ${run.runId}`,
          'Rows read: 10',
          'Rows published: 7',
          'Rows quarantined: 2',
          'Rows deduplicated: 1',
          `Execution: ${EXECUTION}`,
          `Console: https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${EXECUTION}`,
        ].join('\n'),
        attributes: { dataset: 'purchases', status: 'succeeded' },
      },
    ]);
  });

  test('of a file that is in Snowflake as it is counts the rows, and says where rejected ones are', async () => {
    const run = { ...archivedRun('raw'), snowflake: { rows: 3, loadedAt: '2025-01-02T03:04:05.000Z' } };
    await enterRun(run);
    await handler({ run, executionArn: EXECUTION });
    const note = 'in RAW as they are; what dbt then rejects of them, and why, is in staging.stg_purchases_rejected';
    const rows = { read: 3, published: 3, quarantined: 0, deduplicated: 0 };
    expect(await readItem(run.runId)).toMatchObject({ status: 'succeeded', rows, note });
    expect((await successes.received())[0]?.message).toContain(`Note: ${note}`);
  });

  test("takes Snowflake's rows for the file's where they went there as they are, and nowhere else", async () => {
    const counted = { read: 10, published: 7, quarantined: 2, deduplicated: 1 };
    const loads = {
      raw: { rows: 5, loadedAt: '2026-01-02T03:04:05.000Z' },
      published: { rows: 6 },
    };
    const rows = Object.entries(loads).map(async ([name, snowflake]) => {
      const run = { ...archivedRun(`for Snowflake ${name}`), snowflake };
      await enterRun(run);
      if (name === 'published') await changeItem(run.runId, { rows: counted });
      await handler({ run, executionArn: EXECUTION });
      return (await readItem(run.runId))?.['rows'];
    });
    expect(await Promise.all(rows)).toEqual([{ read: 5, published: 5, quarantined: 0, deduplicated: 0 }, counted]);
  });

  test('of a file that an event archives, closes the run without an archive, and later again without forgetting it', async () => {
    const { archive, ...run } = archivedRun('archived by event');
    await enterRun(run);
    expect(await handler({ run, executionArn: EXECUTION })).toEqual(run);
    expect(await readItem(run.runId)).toMatchObject({ status: 'succeeded' });
    expect(await readItem(run.runId)).not.toHaveProperty('archive');
    await changeItem(run.runId, { archive });
    await handler({ run, executionArn: EXECUTION });
    expect(await readItem(run.runId)).toMatchObject({ archive });
  });

  test('says so when a file had no rows', async () => {
    const run = archivedRun('header only');
    await enterRun(run);
    await changeItem(run.runId, { rows: { read: 0, published: 0, quarantined: 0, deduplicated: 0 } });
    await handler({ run, executionArn: EXECUTION });
    expect((await successes.received())[0]?.message).toContain('The file has a header and no rows.');
  });

  test('a redriven run that failed before has succeeded, without the old error', async () => {
    const run = archivedRun('redriven');
    await enterRun(run);
    await changeItem(run.runId, { status: 'failed', error: { name: 'X', cause: 'x', step: 'X' } });
    await changeItem(contentId('purchases', run.sha256), { status: 'failed' });
    await handler({ run, executionArn: EXECUTION });
    const item = await readItem(run.runId);
    expect(item).toMatchObject({ status: 'succeeded' });
    expect(item).not.toHaveProperty('error');
    expect(await readItem(contentId('purchases', run.sha256))).toMatchObject({ status: 'succeeded' });
  });

  test('does not close the bytes for a run that has taken them over', async () => {
    const run = archivedRun('overtaken');
    await enterRun(run);
    await changeItem(contentId('purchases', run.sha256), { runId: 'another', status: 'claimed' });
    await handler({ run, executionArn: EXECUTION });
    expect(await readItem(contentId('purchases', run.sha256))).toMatchObject({ runId: 'another', status: 'claimed' });
  });

  test('a message that cannot be published does not change the outcome', async () => {
    const run = archivedRun('unpublished');
    await enterRun(run);
    process.env['SUCCESS_TOPIC_ARN'] = `${successes.arn}-not-there`;
    await handler({ run, executionArn: EXECUTION });
    expect(await readItem(run.runId)).toMatchObject({ status: 'succeeded' });
  });

  test('of a run that the ledger does not know, started by hand, no counts are known: none are told', async () => {
    const run = archivedRun('by hand');
    expect(await handler({ run, executionArn: EXECUTION })).toEqual(run);
    expect(await readItem(run.runId)).toBeUndefined();
    expect(await successes.received()).toEqual([]);
  });

  test('copies of the file that waited in the inbox are removed now, and a failed earlier one with the same bytes', async () => {
    const [inbox, machine] = await Promise.all([createBucket('inbox'), createStateMachine()]);
    const route = { dataset: 'purchases', filePattern: 'p_{date}.csv', dateFormat: 'YYYYMMDD', contractVersion: '1' };
    const STATE_MACHINE_PREFIX = machine.slice(0, -route.dataset.length);
    const unused = { QUARANTINE_BUCKET: 'none', FAILURE_TOPIC_ARN: 'none' };
    Object.assign(process.env, unused, { ROUTES: JSON.stringify([route]), STATE_MACHINE_PREFIX });
    const arrive = async (key: string) => {
      const file = await put(inbox, key, 'the same bytes');
      await receive(batch(arrivalOf(file)));
      return file;
    };
    const failed = await arrive('1/p_20250101.csv');
    const [failedRun = ''] = await executionNames(machine);
    await changeItem(failedRun, { status: 'failed' });
    await changeItem(contentId('purchases', failed.sha256), { status: 'failed' });
    const first = await arrive('2/p_20250101.csv');
    await arrive('3/p_20250101.csv');
    await remove(first);
    expect(await keys(inbox)).toEqual(['1/p_20250101.csv', '3/p_20250101.csv']);
    const [runId = ''] = (await executionNames(machine)).filter((name) => name !== failedRun);
    const run = { ...archivedRun('any'), ...(await executionInput(machine, runId)) };
    await handler({ run, executionArn: EXECUTION });
    expect(await keys(inbox)).toEqual([]);
  });
});
