import { expect, test } from 'vitest';
import { inspectCsv } from '../../../lambdas/validate-file/inspect-csv';
import { COLUMNS, CONTRACT, HEADER, ROW, sampleOf } from './files';

const OPTIONAL = { ...CONTRACT, csv: { ...CONTRACT.csv, header: 'optional' as const } };
const inspected = (content: string) => inspectCsv(sampleOf(content), OPTIONAL);
const UNFIT = '1,2,,,,,x,N/A,31.12.2024';

test.each([
  ['there', `${HEADER}\n${ROW}\n`, { header: COLUMNS, headerLines: 1 }],
  ['there alone', HEADER, { header: COLUMNS, headerLines: 1 }],
  [
    'there, in capitals and another order',
    `${COLUMNS.toReversed().join(' , ').toUpperCase()}\n`,
    { header: COLUMNS.toReversed(), headerLines: 1 },
  ],
  ['not there', `${ROW}\n${ROW}\n`, { header: COLUMNS, headerLines: 0 }],
  [
    'there twice: the second line is a row, which dbt knows for a header',
    `${HEADER}\n${HEADER}\n${ROW}\n`,
    { header: COLUMNS, headerLines: 1 },
  ],
  ['in the middle', `${ROW}\n${HEADER}\n${ROW}\n`, { header: COLUMNS, headerLines: 0 }],
])('a header that is %s', (_, content, expected) => {
  expect(inspected(content)).toEqual(expected);
});

test('a first line with another number of cells is neither', () => {
  expect(() => inspected(`${ROW},more\n`)).toThrow(/line 1: 10 cells and no header, expected the 9 columns purchase_id, /);
});

test('a header of another dataset is refused, not taken for a row', () => {
  expect(() => inspected('purchase_id,transaction_id,receipt_token,transaction_time,amount,user_role,a,b,c\n')).toThrow(
    /no column/,
  );
});

test('without a header the rows tell which dataset the file is of', () => {
  expect(() => inspected(`${UNFIT}\n`)).toThrow(
    /none of the first 1 rows fits .*; correct the file, name its columns in a header, or/,
  );
  expect(() => inspected(`${ROW}\n${UNFIT}\n${UNFIT}\n`.repeat(20))).toThrow(
    /only 20 of the first 60 rows fit the contract; column .* in 40 of the first 60; correct the file, name its columns/,
  );
  expect(inspected(`${ROW}\n${UNFIT}\n`.repeat(30))).toMatchObject({ headerLines: 0 });
  expect(inspected(`${UNFIT}\n${ROW}\n`)).toMatchObject({ headerLines: 0 });
});
