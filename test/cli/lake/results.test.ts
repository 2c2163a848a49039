import { expect, it } from 'vitest';
import { resultOf } from '../../../cli/lake/results';

const row = (...texts: (string | undefined)[]) => ({
  Data: texts.map((text) => (text === undefined ? {} : { VarCharValue: text })),
});
const columns = (...types: string[]) => ({
  ColumnInfo: types.map((type, index) => ({ Name: `c${index}`, Label: `c${index}`, Type: type })),
});

it('joins pages, leaves out the head, and keeps exact what is exact', () => {
  const ResultSetMetadata = columns('varchar', 'decimal', 'bigint', 'integer', 'double', 'boolean', 'date');
  const pages = [
    {
      ResultSetMetadata,
      Rows: [
        row('c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'),
        row('007', '12.30', '9223372036854775807', '3', '0.5', 'true', '2026-01-01'),
      ],
    },
    { ResultSetMetadata, Rows: [row(undefined, undefined, undefined, undefined, 'NaN', 'false', undefined)] },
  ];
  expect(resultOf(pages)).toEqual({
    columns: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'],
    rows: [
      ['007', '12.30', '9223372036854775807', 3, 0.5, true, '2026-01-01'],
      [null, null, null, null, 'NaN', false, null],
    ],
  });
});

it('keeps the first row of a statement that has no head', () => {
  const pages = [{ ResultSetMetadata: columns('string'), Rows: [row('purchases'), row('purchases_by_file')] }];
  expect(resultOf(pages)).toEqual({ columns: ['c0'], rows: [['purchases'], ['purchases_by_file']] });
});

it('has nothing to say for no page', () => {
  expect(resultOf([])).toEqual({ columns: [], rows: [] });
});
