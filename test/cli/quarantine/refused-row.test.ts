import { expect, it } from 'vitest';
import { listedRuns, reasonText, refusedRowText, refusedRows } from '../../../cli/quarantine/refused-row';
import { NOTHING, PART_END, REASON_END } from '../../../cli/quarantine/sql';

const RUN = 'ab'.repeat(32);
const REASONS = [
  ['decimal', 'amount_aud', '12,50'].join(PART_END),
  ['required', 'customer_id', NOTHING].join(PART_END),
  ['columns', NOTHING, NOTHING].join(PART_END),
].join(REASON_END);
const ROW = [RUN, 'x/customer_purchases_20260101.csv', '2026-01-01', '16', '17', '1,"12,50"', REASONS];

it('reads the reasons back', () => {
  expect(refusedRows([ROW])).toEqual([
    {
      run: RUN,
      file: 'x/customer_purchases_20260101.csv',
      ingestionDate: '2026-01-01',
      row: 16,
      line: 17,
      raw: '1,"12,50"',
      reasons: [
        { rule: 'decimal', column: 'amount_aud', value: '12,50' },
        { rule: 'required', column: 'customer_id', value: null },
        { rule: 'columns', column: null, value: null },
      ],
    },
  ]);
});

it('shows a row with its place and every reason', () => {
  expect(refusedRows([ROW]).map(refusedRowText)).toEqual([
    [
      'x/customer_purchases_20260101.csv line 17 (run abababababab)',
      '  amount_aud: decimal, got "12,50"',
      '  customer_id: required',
      '  columns',
      '  row: 1,"12,50"',
    ].join('\n'),
  ]);
});

it('shows a value as it is between quotes, its control characters spelled out', () => {
  expect(reasonText({ rule: 'date', column: 'day', value: '31\u0000 "Feb"' })).toBe('day: date, got "31\\u0000 \\"Feb\\""');
});

it('lists runs with how many rows were refused', () => {
  expect(listedRuns([[RUN, 'a.csv', '2026-01-01', '30']])).toEqual([
    { run: RUN, file: 'a.csv', ingestionDate: '2026-01-01', rows: 30 },
  ]);
});
