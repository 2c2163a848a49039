import { expect, it } from 'vitest';
import { parseContract } from '../../../contracts/contract';
import { TEXT } from '../../contracts/purchases';
import { listedRuns, reasonText, refusedRowText, refusedRows } from '../../../cli/quarantine/refused-row';
import { NOTHING, PART_END, REASON_END } from '../../../cli/quarantine/sql';

const PURCHASES = parseContract(TEXT, 'purchases');
const RUN = 'ab'.repeat(32);
const REASONS = [
  ['type', 'amount_aud', '12,50'].join(PART_END),
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
        { rule: 'type', column: 'amount_aud', value: '12,50' },
        { rule: 'required', column: 'customer_id', value: null },
        { rule: 'columns', column: null, value: null },
      ],
    },
  ]);
});

it('shows a row with its place and every reason', () => {
  expect(refusedRows([ROW]).map((row) => refusedRowText(row, PURCHASES))).toEqual([
    [
      'x/customer_purchases_20260101.csv line 17 (run abababababab)',
      '  amount_aud: type, expected a value of type decimal(18,2), got "12,50"',
      '  customer_id: required, expected a value',
      '  columns',
      '  row: 1,"12,50"',
    ].join('\n'),
  ]);
});

it('shows a value as it is between quotes, its control characters spelled out', () => {
  expect(reasonText({ rule: 'date', column: 'day', value: '31\u0000 "Feb"' }, PURCHASES)).toBe(
    'day: date, got "31\\u0000 \\"Feb\\""',
  );
});

it.each([
  ['amount_and_quantity_agree', 'quantity, amount_aud', ', expected sign(quantity) * sign(amount_aud) >= 0'],
  ['format', 'purchase_date', ', expected a date written as yyyy-MM-dd'],
  ['minimum', 'quantity', ''],
  ['type', 'gone', ''],
  ['columns', null, ''],
])('says what the contract expects, as far as it still does: %s of %s', (rule, column, expected) => {
  const about = column === null ? rule : `${column}: ${rule}`;
  expect(reasonText({ rule, column, value: 'x' }, PURCHASES)).toBe(`${about}${expected}, got "x"`);
});

it('lists runs with how many rows were refused', () => {
  expect(listedRuns([[RUN, 'a.csv', '2026-01-01', '30']])).toEqual([
    { run: RUN, file: 'a.csv', ingestionDate: '2026-01-01', rows: 30 },
  ]);
});
