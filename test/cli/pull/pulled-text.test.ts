import { expect, it } from 'vitest';
import { pulledText } from '../../../cli/pull/pulled-text';
import type { Pulled } from '../../../cli/pull/pull-concessions';
import { runDetail } from '../run-detail';

const PULLED: Pulled = {
  id: 'x1234',
  status: 'succeeded',
  from: null,
  next: '2026-01-31T09:00:00.000Z',
  records: 2,
  failedStep: null,
  error: null,
  files: [],
};

it('says what was fetched, where the next extract begins, and how each file ended', () => {
  expect(pulledText({ ...PULLED, records: 0, from: '2026-01-30T00:00:00.000Z', next: null })).toBe(
    'extract x1234  0 concessions changed since 2026-01-30T00:00:00.000Z',
  );
  const files = [
    runDetail({ id: 'a'.repeat(64), file: 'concessions_20260131_x1234.jsonl', status: 'skipped', note: 'the same bytes' }),
  ];
  expect(pulledText({ ...PULLED, files })).toBe(
    [
      'extract x1234  2 concessions all there are; the next extract begins at 2026-01-31T09:00:00.000Z',
      'concessions_20260131_x1234.jsonl  run aaaaaaaaaaaa  skipped: the same bytes',
    ].join('\n'),
  );
});

it('says where and why an extract failed', () => {
  const error = { name: 'SourceRefused', cause: 'HTTP 401' };
  expect(pulledText({ ...PULLED, status: 'failed', failedStep: 'ExtractConcessions', error })).toBe(
    'extract x1234  failed in ExtractConcessions: SourceRefused: HTTP 401',
  );
});

it('says how the records of a file that failed are fetched again', () => {
  const files = [runDetail({ file: 'concessions_20260131_x1234.jsonl', status: 'failed' })];
  const asked = (from: string | null) =>
    pulledText({ ...PULLED, status: 'failed', from, files })
      .split('\n')
      .at(-1);
  expect(asked(null)).toContain('`npx assay pull concessions --full`');
  expect(asked('2026-01-30T00:00:00.000Z')).toContain('`npx assay pull concessions --since 2026-01-30T00:00:00.000Z`');
});
