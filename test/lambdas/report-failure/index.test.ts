import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contentId } from '../../../lambdas/ledger/items';
import { handler } from '../../../lambdas/report-failure/index';
import { changeItem, createLedger, createTopic, readItem, type TestTopic } from '../support/aws';
import { enterRun } from '../support/ledger';
import { watchMetrics } from '../support/metrics';
import { receivedRun } from '../support/runs';

const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:assay-dev-purchases:name';
let failures: TestTopic;

const runNamed = (name: string) => receivedRun(name, { sha256: Buffer.from(name).toString('hex').padEnd(64, '0') });

beforeAll(async () => {
  await createLedger();
  failures = await createTopic();
});
beforeEach(async () => {
  process.env['FAILURE_TOPIC_ARN'] = failures.arn;
  await failures.received();
});

describe('report-failure', () => {
  test('closes the run with step, name and cause, and tells where the file is', async () => {
    const run = runNamed('refused');
    await enterRun(run);
    const cause = 'customer_purchases_20250102.csv line 1: no column "quantity"; expected …; add or rename it';
    const Cause = JSON.stringify({
      errorType: 'MissingColumn',
      errorMessage: cause,
      trace: ['MissingColumn: …', 'at x'],
    });
    const report = { step: 'ValidateFile', failure: { Error: 'MissingColumn', Cause }, run, executionArn: EXECUTION };
    await handler(report);
    expect(await readItem(run.runId)).toMatchObject({
      status: 'failed',
      executionArn: EXECUTION,
      endedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      error: { name: 'MissingColumn', cause, step: 'ValidateFile' },
    });
    expect(await readItem(contentId('purchases', run.sha256))).toMatchObject({ status: 'failed' });
    expect(await failures.received()).toEqual([
      {
        subject: 'purchases: MissingColumn in ValidateFile',
        message: [
          'Dataset: purchases',
          'File: s3://inbox/refused/customer_purchases_20250102.csv',
          'Version: v1',
          `Run: ${run.runId}`,
          'Step: ValidateFile',
          'Error: MissingColumn',
          `Cause: ${cause}`,
          `Execution: ${EXECUTION}`,
          `Console: https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${EXECUTION}`,
          'The file stays in the inbox; once the cause is mended, drop it again under the same name.',
        ].join('\n'),
        attributes: { dataset: 'purchases', status: 'failed', step: 'ValidateFile', error: 'MissingColumn' },
      },
    ]);
  });

  test('of a file below a threshold tells the scores, the rules that failed most and some rows, masked', async () => {
    const metrics = watchMetrics();
    const run = runNamed('below');
    await enterRun(run);
    await changeItem(run.runId, {
      scores: {
        completeness: { passed: 19, total: 20, threshold: '0.95' },
        validity: { passed: 8, total: 9, threshold: '0.97' },
        accuracy: { passed: 0, total: 0, threshold: '0.98' },
        consistency: { passed: 20, total: 20, threshold: '0.99' },
      },
      failedRules: [
        { rule: 'type', column: 'quantity', rows: 7 },
        { rule: 'amount_and_quantity_agree', rows: 2 },
      ],
      samples: [{ line: 3, text: '99999,xxx,xxxx' }],
    });
    const Cause = '[Terminal] BelowThreshold: validity 0.8888 is below 0.97';
    await handler({ step: 'BronzeToSilver', failure: { Error: 'GlueJobFailed', Cause }, run, executionArn: EXECUTION });
    const [message, ...others] = await failures.received();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ subject: 'purchases: BelowThreshold in BronzeToSilver' });
    expect(message?.message.split('\n').slice(4, 15)).toEqual([
      'Step: BronzeToSilver',
      'Error: BelowThreshold',
      'Cause: validity 0.8888 is below 0.97',
      'completeness: 0.9500 (19 of 20), at least 0.95 is agreed',
      'validity: 0.8888 (8 of 9), at least 0.97 is agreed',
      'accuracy: 1.0000 (0 of 0), at least 0.98 is agreed',
      'consistency: 1.0000 (20 of 20), at least 0.99 is agreed',
      'quantity: type: 7 rows',
      'amount_and_quantity_agree: 2 rows',
      'line 3: 99999,xxx,xxxx',
      `Execution: ${EXECUTION}`,
    ]);
    expect(metrics()).toMatchObject([{ dataset: 'purchases', completeness: 0.95, accuracy: 1 }]);
  });

  test('takes name and cause out of a Glue job’s message', async () => {
    const run = runNamed('glue');
    await enterRun(run);
    const Cause = 'assay_glue.errors.TerminalError: [Terminal] UnclosedQuote: line 7: a quote opens in this row';
    await handler({ step: 'BronzeToSilver', failure: { Error: 'GlueJobFailed', Cause }, run, executionArn: EXECUTION });
    expect(await readItem(run.runId)).toMatchObject({
      error: { name: 'UnclosedQuote', cause: 'line 7: a quote opens in this row', step: 'BronzeToSilver' },
    });
  });

  test('takes the whole document of a later step, with the failure in it', async () => {
    const run = { ...runNamed('late'), header: ['a'], bronze: {}, failure: { Error: 'X', Cause: '' } };
    await enterRun(run);
    await handler({ step: 'ArchiveFile', failure: { Error: 'States.Timeout' }, run, executionArn: EXECUTION });
    expect(await readItem(run.runId)).toMatchObject({
      error: { name: 'States.Timeout', cause: 'no cause was given', step: 'ArchiveFile' },
    });
  });

  test('no person’s data in ledger or message', async () => {
    const run = runNamed('personal');
    await enterRun(run);
    const Cause = 'duplicate key: Key (email)=(ann.o\'neil@example.org) already exists; For input string: "Ann O\'Neil"';
    await handler({ step: 'UpsertRds', failure: { Error: 'Unknown', Cause }, run, executionArn: EXECUTION });
    const texts = JSON.stringify([await readItem(run.runId), await failures.received()]);
    expect(texts).not.toMatch(/ann|neil|example\.org/i);
    expect(texts).toContain('Key (email)=(***) already exists');
  });

  test('a message that cannot be published does not change the outcome', async () => {
    const run = runNamed('unpublished');
    await enterRun(run);
    process.env['FAILURE_TOPIC_ARN'] = `${failures.arn}-not-there`;
    await handler({ step: 'S', failure: { Error: 'E', Cause: 'c' }, run, executionArn: EXECUTION });
    expect(await readItem(run.runId)).toMatchObject({ status: 'failed' });
  });

  test('of a release that failed leaves the original’s bytes alone, and says that the rows stay in quarantine', async () => {
    const run = runNamed('original');
    await enterRun(run);
    await changeItem(contentId('purchases', run.sha256), { status: 'succeeded' });
    const release = { ...runNamed('its release'), sha256: run.sha256, outcome: 'release' };
    await handler({ step: 'S', failure: { Error: 'UnknownRow', Cause: 'c' }, run: release, executionArn: EXECUTION });
    expect(await readItem(contentId('purchases', run.sha256))).toMatchObject({ status: 'succeeded' });
    const [message] = await failures.received();
    expect(message?.message).toContain('The rows stay in quarantine');
  });

  test('bytes that another run has taken over stay that run’s', async () => {
    const run = runNamed('first');
    await enterRun(run);
    const other = { ...runNamed('second'), sha256: run.sha256 };
    await handler({ step: 'S', failure: { Error: 'E', Cause: 'c' }, run: other, executionArn: EXECUTION });
    expect(await readItem(contentId('purchases', run.sha256))).toMatchObject({ runId: run.runId, status: 'claimed' });
  });
});
