import { beforeAll, describe, expect, test } from 'vitest';
import { closeFile, markRunning } from '../../../lambdas/ledger/progress';
import { changeItem, createLedger, readItem } from '../support/aws';
import { enterRun } from '../support/ledger';
import { receivedRun } from '../support/runs';

beforeAll(async () => {
  await createLedger();
});

describe('markRunning', () => {
  test('does not bring a run back whose execution is over already', async () => {
    const run = receivedRun('quick');
    const { runId: id } = run;
    await enterRun(run);
    await changeItem(id, { status: 'claimed' });
    const error = { name: 'EmptyFile', cause: 'it is empty', step: 'ValidateFile' };
    await closeFile(id, { status: 'failed', endedAt: '2025-01-01T00:00:01.000Z', executionArn: 'arn', error });
    const before = await readItem(id);
    await markRunning(id, 'arn');
    expect(await readItem(id)).toEqual(before);
  });
});

describe('closeFile', () => {
  test('makes no item for a run that the ledger does not know', async () => {
    const outcome = { status: 'succeeded', endedAt: '2025-01-01T00:00:01.000Z', executionArn: 'arn' } as const;
    expect(await closeFile('unknown', outcome)).toBeUndefined();
    expect(await readItem('unknown')).toBeUndefined();
  });
});
