import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyByDay, unmatchedKey } from '../../../lambdas/s3/keys';
import { receivedRun } from '../support/runs';

const RUN = 'f'.repeat(64);

describe('keyByDay', () => {
  test.each(['load', 'supersede', 'replay'] as const)(
    'of a %s keeps the whole key that came in, below prefix and day',
    (outcome) => {
      const run = receivedRun('keyed', { outcome, key: 'wherever it is read.csv' });
      const source = { ...run.source, key: 'a b/c+%.csv' };
      expect(keyByDay('purchases', { ...run, source })).toBe('purchases/year=2025/month=01/day=02/a b/c+%.csv');
    },
  );

  test('of a release names the run, beside the file that the rows are of', () => {
    const run = receivedRun('keyed', { outcome: 'release' });
    expect(keyByDay('kept/p', run)).toBe(`kept/p/year=2025/month=01/day=02/releases/${run.runId}.csv`);
  });
});

describe('unmatchedKey', () => {
  test.each([
    ['notes.txt', 'unmatched/notes.txt'],
    ['a b/100%+ä.csv', 'unmatched/a b/100%+ä.csv'],
    ['../secrets.csv', 'unmatched/%2E%2E/secrets.csv'],
    ['/a//b/./c.csv', 'unmatched/%00/a/%00/b/%2E/c.csv'],
    ['...', 'unmatched/...'],
  ])('%s → %s', (key, expected) => {
    expect(unmatchedKey(key, RUN)).toBe(expected);
  });

  test('is never outside its folder, and never longer than S3 allows', () => {
    const part = fc.constantFrom('..', '.', '', 'ä', 'x'.repeat(200), 'y'.repeat(700));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const key = unmatchedKey(parts.join('/'), RUN);
        expect(key).toMatch(/^unmatched\/./);
        expect(key.split('/').some((segment) => ['', '.', '..'].includes(segment))).toBe(false);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
      }),
    );
  });
});
