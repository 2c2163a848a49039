import { expect, test } from 'vitest';
import { pauseAfter } from '../../../lambdas/archive-transactions/come-back';
import { archiveKey, bronzeKey } from '../../../lambdas/archive-transactions/place';
import type { FileItem } from '../../../lambdas/ledger/items';

const FOLDER = 'kept/year=2025/month=01/day=02/';
const file = (key: string, changes: Partial<FileItem> = {}): FileItem => ({
  id: 'run',
  dataset: 'transactions',
  bucket: 'inbox',
  key,
  versionId: 'v1',
  ingestionDate: '2025-01-02',
  format: 'csv',
  status: 'succeeded',
  startedAt: '2025-01-03T00:00:00.000Z',
  ...changes,
});

test.each([
  ['t.csv', `${FOLDER}t.csv`],
  ['a folder/t.csv', `${FOLDER}a folder/t.csv`],
  [`${FOLDER}t.csv`, `${FOLDER}t.csv`],
  ['kept/year=2025/month=01/day=03/t.csv', `${FOLDER}kept/year=2025/month=01/day=03/t.csv`],
])('%s is archived as %s', (key, place) => {
  expect(archiveKey('kept', file(key))).toBe(place);
});

test('released rows lie beside the file that they are of', () => {
  expect(archiveKey('kept', file(`${FOLDER}t.csv`, { outcome: 'release' }))).toBe(`${FOLDER}releases/run.csv`);
});

test('bronze has the whole key below its day', () => {
  expect(bronzeKey(file('transactions/t.csv'))).toBe('transactions/year=2025/month=01/day=02/transactions/t.csv');
});

test('the pauses of a message grow up to five minutes, and all of them take over an hour', () => {
  const pauses = Array.from({ length: 24 }, (_, index) => pauseAfter(index + 1));
  expect(pauses.slice(0, 8)).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(3600);
});
