import { expect, it } from 'vitest';
import { runText } from '../../../cli/commands/run';
import { runsTable } from '../../../cli/commands/runs';
import { detailOf, summaryOf } from '../../../cli/runs/summary';
import type { FileItem } from '../../../cli/runs/file-item';

const of = (passed: number) => ({ passed, total: 10, threshold: '0.9' });
const REFUSED: FileItem = {
  id: 'ab'.repeat(32),
  dataset: 'purchases',
  key: 'customer_purchases_20260101.csv',
  versionId: 'v2',
  ingestionDate: '2026-01-01',
  outcome: 'supersede',
  status: 'failed',
  startedAt: '2026-01-02T00:00:00.000Z',
  endedAt: '2026-01-02T00:00:09.000Z',
  scores: { completeness: of(10), validity: of(8), accuracy: of(10), consistency: of(10) },
  failedRules: [
    { rule: 'type', column: 'amount_aud', rows: 2 },
    { rule: 'columns', rows: 1 },
  ],
  samples: [{ line: 4, text: 'amount_aud type: 9,xx' }],
  error: { name: 'BelowThreshold', cause: 'validity is 0.8', step: 'BronzeToSilver' },
};

it('tells of a refused file why, with the rules and some rows', () => {
  expect(runText(detailOf(REFUSED), new Date())).toBe(
    [
      `run        ${REFUSED.id}`,
      'file       customer_purchases_20260101.csv  version v2',
      'dataset    purchases  of 2026-01-01',
      'started    2026-01-02T00:00:00.000Z',
      'ended      2026-01-02T00:00:09.000Z',
      'outcome    supersede',
      'state      failed in BronzeToSilver: BelowThreshold: validity is 0.8',
      'scores     completeness 1.0000, validity 0.8000, accuracy 1.0000, consistency 1.0000',
      'refused',
      '  amount_aud: type: 2 rows',
      '  columns: 1 row',
      '  line 4: amount_aud type: 9,xx',
    ].join('\n'),
  );
});

it('tells of a run that failed late what became of the rows, and of a replay what it repeats', () => {
  const rows = { read: 4, published: 3, quarantined: 1, deduplicated: 0 };
  const text = runText(detailOf({ ...REFUSED, outcome: 'replay', of: 'a1', rows }), new Date());
  expect(text).toContain('\nrows       4 rows read, 3 rows published, 1 quarantined, 0 deduplicated\n');
  expect(text).toContain('\noutcome    replay of run a1\n');
});

it('lists what each file came to be', () => {
  expect(runsTable([summaryOf(REFUSED)])).toMatch(/outcome +status[^]*supersede +failed .*BelowThreshold/);
});
