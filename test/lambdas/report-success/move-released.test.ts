import { beforeAll, expect, test } from 'vitest';
import { handler } from '../../../lambdas/report-success/index';
import { changeItem, createLedger, createTopic, readItem, type TestTopic } from '../support/aws';
import { enterRun } from '../support/ledger';
import { watchMetrics } from '../support/metrics';
import { archivedRun } from '../support/runs';

const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:assay-dev-purchases:name';
const ROWS = { read: 10, published: 6, quarantined: 3, deduplicated: 1 };
let successes: TestTopic;

beforeAll(async () => {
  await createLedger();
  successes = await createTopic();
  process.env['SUCCESS_TOPIC_ARN'] = successes.arn;
});

async function loaded(name: string): Promise<string> {
  const run = archivedRun(name);
  await enterRun(run);
  await changeItem(run.runId, { rows: ROWS });
  await handler({ run, executionArn: EXECUTION });
  await successes.received();
  return run.runId;
}

/** A run about the original, of whose rows so many are published. */
async function enterAnother(name: string, outcome: 'release' | 'replay', of: string, published: number) {
  const run = { ...archivedRun(name), outcome };
  await enterRun(run);
  await changeItem(run.runId, { outcome, of, rows: { read: 2, published, quarantined: 0, deduplicated: 2 - published } });
  return { run, executionArn: EXECUTION };
}

test('released rows are counted once: with the original, as published, however often that is reported', async () => {
  const original = await loaded('released');
  const report = await enterAnother('release', 'release', original, 2);
  await handler(report);
  await handler(report);
  await Promise.all([handler(report), handler(report)]);
  expect(await readItem(original)).toMatchObject({
    rows: { read: 10, published: 8, quarantined: 1, deduplicated: 1 },
    releases: new Set([report.run.runId]),
    status: 'succeeded',
  });
  expect(await readItem(report.run.runId)).toMatchObject({ rows: { read: 2, published: 2 }, status: 'succeeded' });
  const [first] = await successes.received();
  expect(first?.message.split('\n')).toContain(`A release of run ${original}.`);
});

test('each release of a run is counted', async () => {
  const original = await loaded('released twice');
  const [one, other] = [await enterAnother('one', 'release', original, 1), await enterAnother('other', 'release', original, 2)];
  for (const report of [one, other, one]) await handler(report);
  expect(await readItem(original)).toMatchObject({
    rows: { read: 10, published: 9, quarantined: 0, deduplicated: 1 },
    releases: new Set([one.run.runId, other.run.runId]),
  });
});

test('rows that a release did not publish stay where they are', async () => {
  const original = await loaded('unfit');
  await handler(await enterAnother('nothing', 'release', original, 0));
  expect(await readItem(original)).toMatchObject({ rows: ROWS });
});

test('a replay moves nothing: its rows are the original’s once more', async () => {
  const original = await loaded('replayed');
  await handler(await enterAnother('replay', 'replay', original, 2));
  const item = await readItem(original);
  expect(item).toMatchObject({ rows: ROWS });
  expect(item).not.toHaveProperty('releases');
  const [message] = await successes.received();
  expect(message?.message.split('\n')).toContain(`A replay of run ${original}.`);
});

test('the scores of a run become metrics', async () => {
  const metrics = watchMetrics();
  const run = archivedRun('scored');
  await enterRun(run);
  const score = { passed: 3, total: 4, threshold: '0.5' };
  const scores = { completeness: score, validity: score, accuracy: score, consistency: score };
  await changeItem(run.runId, { rows: ROWS, scores });
  await handler({ run, executionArn: EXECUTION });
  expect(metrics()).toMatchObject([{ dataset: 'purchases', validity: 0.75, 'rows-published': 6 }]);
});
