import { expect, it } from 'vitest';
import type { FileItem } from '../../../cli/runs/file-item';
import { detailOf, summaryOf } from '../../../cli/runs/summary';

const ROWS = { read: 4, published: 2, quarantined: 1, deduplicated: 1 };
const LOADED: FileItem = {
  id: 'a1',
  dataset: 'purchases',
  key: 'x/customer_purchases_20260101.csv',
  versionId: 'v1',
  ingestionDate: '2026-01-01',
  outcome: 'load',
  status: 'succeeded',
  executionArn: 'arn:execution',
  startedAt: '2026-01-02T00:00:00.000Z',
  endedAt: '2026-01-02T00:00:09.000Z',
  rows: ROWS,
};
const RUNNING: FileItem = {
  id: 'b2',
  dataset: 'purchases',
  key: 'k',
  versionId: 'v',
  status: 'running',
  executionArn: 'arn',
  startedAt: 't',
};

it('is what runs --json prints of a loaded file', () => {
  expect(summaryOf(LOADED)).toEqual({
    id: 'a1',
    dataset: 'purchases',
    file: 'x/customer_purchases_20260101.csv',
    version: 'v1',
    outcome: 'load',
    of: null,
    status: 'succeeded',
    startedAt: '2026-01-02T00:00:00.000Z',
    endedAt: '2026-01-02T00:00:09.000Z',
    rows: ROWS,
    scores: null,
    error: null,
  });
});

it('has no dataset for a name that no contract knows, and the error without its step', () => {
  const error = { name: 'UnknownFileName', cause: 'no contract', step: 'ReceiveFile' };
  const refused: FileItem = {
    id: 'c3',
    dataset: 'unmatched',
    key: 'x.csv',
    versionId: 'v',
    status: 'failed',
    startedAt: 't',
    error,
  };
  expect(summaryOf(refused)).toMatchObject({
    dataset: null,
    rows: null,
    endedAt: null,
    error: { name: 'UnknownFileName', cause: 'no contract' },
  });
  expect(detailOf(refused)).toMatchObject({ failedStep: 'ReceiveFile', execution: null, steps: [] });
});

it('takes the steps from the execution', () => {
  const step = { name: 'ValidateFile', status: 'running', startedAt: 't', endedAt: null } as const;
  const detail = detailOf(RUNNING, { status: 'RUNNING', steps: [step], error: null });
  expect(detail).toMatchObject({ status: 'running', steps: [step], error: null, failedStep: null });
});

it.each([
  ['ABORTED', null, { name: 'ExecutionCutOff', cause: 'the execution is aborted and left no report; replay the file' }],
  ['GONE', null, { name: 'ExecutionCutOff', cause: 'the execution is gone and left no report; replay the file' }],
  ['TIMED_OUT', { name: 'States.Timeout', cause: 'too long' }, { name: 'States.Timeout', cause: 'too long' }],
] as const)('is failed when the execution is %s and the ledger was not told', (status, error, expected) => {
  expect(detailOf(RUNNING, { status, steps: [], error })).toMatchObject({ status: 'failed', error: expected });
});

it('stays what the ledger says when the execution is long gone', () => {
  expect(detailOf(LOADED, { status: 'GONE', steps: [], error: null })).toMatchObject({
    status: 'succeeded',
    error: null,
  });
});
