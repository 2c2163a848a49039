import { describe, expect, it } from 'vitest';
import { csvRows } from '../../../cli/quarantine/csv-rows';
import { jsonRows } from '../../../cli/quarantine/json-rows';
import { correctedRows } from '../../../cli/quarantine/release-file';

const COMMAS = csvRows({ delimiter: ',', quote: '"' });
const SEMICOLONS = csvRows({ delimiter: ';', quote: "'" });

const refused = (row: number, raw: string) => ({ row, raw, releasedBy: null });

const rowNumbers = (...given: Parameters<typeof correctedRows>) => correctedRows(...given).rows.map(({ row }) => row);

describe('the file of refused rows', () => {
  it('has every row as it came, its number before it', () => {
    const rows = [refused(3, '1,"12,50"'), refused(17, 'x,"two\nlines"'), refused(20, 'too,many,cells')];
    expect(COMMAS.written(['id', 'amount'], rows)).toBe('_row,id,amount\n3,1,"12,50"\n17,x,"two\nlines"\n20,too,many,cells\n');
  });

  it('of no row has a header', () => {
    expect(COMMAS.written(['id'], [])).toBe('_row,id\n');
  });

  it('tells its numbers again, over quoted commas and lines, after it went through a spreadsheet', () => {
    const rows = [refused(3, '1,"12,50"'), refused(17, 'x,"two\nlines"'), refused(20, 'a,b,c')];
    const text = COMMAS.written(['id', 'amount'], rows);
    expect(rowNumbers(text, 'fixed.csv', COMMAS)).toEqual([3, 17, 20]);
    expect(rowNumbers(`\ufeff${text.replaceAll('\n', '\r\n')}\r\n`, 'fixed.csv', COMMAS)).toEqual([3, 17, 20]);
  });

  it('is separated and quoted as the contract says', () => {
    const text = SEMICOLONS.written(['id', 'amount'], [refused(3, '1;12,50'), refused(4, "2;'x;y'")]);
    expect(text).toBe("_row;id;amount\n3;1;12,50\n4;2;'x;y'\n");
    expect(rowNumbers(text, 'fixed.csv', SEMICOLONS)).toEqual([3, 4]);
  });
});

it.each([
  ['', 'fixed.csv does not begin with the column _row: make it by `npx assay quarantine export`'],
  ['id,_row\n1,3\n', 'fixed.csv does not begin with the column _row'],
  ['_row,id\n3,1\n,2\n', 'fixed.csv, row 2: _row is no number; keep what the export wrote'],
  ['_row,id\n3.5,1\n', 'fixed.csv, row 1: _row is no number'],
  ['_row,id\n-3,1\n', 'fixed.csv, row 1: _row is no number'],
  ['_row,id\n3,"1\n', 'fixed.csv is no CSV: '],
  ['_row,id\n3,1\n4,1\n3,2\n', 'fixed.csv has _row 3 twice: keep one of the rows'],
])('does not take %j', (text, message) => {
  expect(() => rowNumbers(text, 'fixed.csv', COMMAS)).toThrow(message);
});

describe('the file of refused rows of JSON lines', () => {
  const rows = [refused(3, '{"id": "7", "amount": 12.50}'), refused(4, '{}'), refused(9, '{"id": '), refused(10, '[1]')];

  it('has every row as it came, to the digit, its number before it', () => {
    expect(jsonRows.written([], rows)).toBe(
      '{"_row": 3, "id": "7", "amount": 12.50}\n{"_row": 4}\n' + '{"_row":9,"_raw":"{\\"id\\":"}\n{"_row":10,"_raw":"[1]"}\n',
    );
  });

  it('tells its numbers and cells again', () => {
    expect(correctedRows(`\ufeff${jsonRows.written([], rows.slice(0, 2))}\r\n`, 'fixed.jsonl', jsonRows)).toEqual({
      header: ['id', 'amount'],
      rows: [
        { row: 3, cells: ['7', '12.5'] },
        { row: 4, cells: ['', ''] },
      ],
    });
  });

  it.each([
    ['', 'fixed.jsonl does not begin with the column _row'],
    ['{"id": 1}', 'fixed.jsonl, row 1: _row is no number'],
    ['_row,id\n3,1\n', 'fixed.jsonl is no file of JSON lines: '],
    ['[1]', 'fixed.jsonl is no file of JSON lines: a line is no object'],
    ['{"_row": 3}\n{"_row": 3}', 'fixed.jsonl has _row 3 twice'],
  ])('does not take %j', (text, message) => {
    expect(() => rowNumbers(text, 'fixed.jsonl', jsonRows)).toThrow(message);
  });
});
