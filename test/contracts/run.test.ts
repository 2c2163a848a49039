import { describe, expect, it } from 'vitest';
import { ArchivedRun, FailureReport, ReceivedRun, StoredRun, SuccessReport, ValidatedRun } from '../../contracts/run';

const received = {
  runId: 'a'.repeat(64),
  dataset: 'purchases',
  outcome: 'replay',
  source: { key: 'a b+c%/customer_purchases_20250102.csv', versionId: 'v1', modifiedAt: '2025-01-02T03:04:05.001Z' },
  bucket: 'archive',
  key: 'a b+c%/customer_purchases_20250102.csv',
  versionId: 'null',
  size: 1_000_000_000_000,
  sha256: 'b'.repeat(64),
  format: 'csv',
  ingestionDate: '2025-01-02',
  year: '2025',
  month: '01',
  day: '02',
  path: 's3://archive/a b+c%/customer_purchases_20250102.csv',
  contractVersion: '1.0.0',
};
const validated = { ...received, header: ['purchase_id'], headerLines: 1, delimiter: ',' };
const stored = { ...validated, bronze: { bucket: 'bronze', key: 'k', versionId: 'b1', path: 's3://bronze/k' } };
const archived = { ...stored, rds: { rows: 3 }, archive: { bucket: 'archive', key: 'k', versionId: 'a1' } };

describe('the run document', () => {
  it('grows with each step and loses nothing on the way', () => {
    expect(ReceivedRun.parse(received)).toEqual(received);
    expect(ValidatedRun.parse(validated)).toEqual(validated);
    expect(StoredRun.parse(stored)).toEqual(stored);
    expect(StoredRun.parse({ ...stored, rds: { rows: 3 } })).toEqual({ ...stored, rds: { rows: 3 } });
    expect(ArchivedRun.parse(archived)).toEqual(archived);
    expect(SuccessReport.parse({ run: archived, executionArn: 'arn' })).toEqual({ run: archived, executionArn: 'arn' });
  });

  it.each([
    ['runId', 'short'],
    ['sha256', 'B'.repeat(64)],
    ['size', -1],
    ['ingestionDate', '2025-02-30'],
    ['outcome', 'reload'],
    ['month', '1'],
    ['path', '/tmp/x'],
  ])('is refused with the %s %j', (key, value) => {
    const issues = ReceivedRun.safeParse({ ...received, [key]: value }).error?.issues ?? [];
    expect(issues.map(({ path }) => path)).toEqual([[key]]);
  });

  it('is refused with a time that is none', () => {
    const source = { ...received.source, modifiedAt: 'yesterday' };
    const issues = ReceivedRun.safeParse({ ...received, source }).error?.issues ?? [];
    expect(issues.map(({ path }) => path)).toEqual([['source', 'modifiedAt']]);
  });

  it('is refused by a step that comes too early', () => {
    expect(ValidatedRun.safeParse(received).success).toBe(false);
    expect(StoredRun.safeParse(validated).success).toBe(false);
    expect(ArchivedRun.safeParse(stored).success).toBe(false);
  });
});

describe('a failure report', () => {
  it('takes the run as far as it had come', () => {
    const report = {
      step: 'StoreBronze',
      failure: { Error: 'VersionGone', Cause: 'why' },
      run: validated,
      executionArn: 'arn',
    };
    expect(FailureReport.parse(report)).toEqual(report);
  });

  it('may be without a cause, as States.Timeout is', () => {
    const report = { step: 'BronzeToSilver', failure: { Error: 'States.Timeout' }, run: received, executionArn: 'arn' };
    expect(FailureReport.parse(report).failure).toEqual({ Error: 'States.Timeout', Cause: '' });
  });
});
