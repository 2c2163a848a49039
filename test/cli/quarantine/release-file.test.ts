import { describe, expect, it } from 'vitest';
import { correctedRows, releaseFile } from '../../../cli/quarantine/release-file';

const COMMAS = { delimiter: ',', quote: '"' };

const refused = (row: number, raw: string) => ({ row, raw, releasedBy: null });

const rowNumbers = (...given: Parameters<typeof correctedRows>) => correctedRows(...given).rows.map(({ row }) => row);

describe('the file of refused rows', () => {
  it('has every row as it came, its number before it', () => {
    const rows = [refused(3, '1,"12,50"'), refused(17, 'x,"two\nlines"'), refused(20, 'too,many,cells')];
    expect(releaseFile(['id', 'amount'], rows, ',')).toBe(
      '_row,id,amount\n3,1,"12,50"\n17,x,"two\nlines"\n20,too,many,cells\n',
    );
  });

  it('of no row has a header', () => {
    expect(releaseFile(['id'], [], ',')).toBe('_row,id\n');
  });

  it('tells its numbers again, over quoted commas and lines, after it went through a spreadsheet', () => {
    const rows = [refused(3, '1,"12,50"'), refused(17, 'x,"two\nlines"'), refused(20, 'a,b,c')];
    const text = releaseFile(['id', 'amount'], rows, ',');
    expect(rowNumbers(text, 'fixed.csv', COMMAS)).toEqual([3, 17, 20]);
    expect(rowNumbers(`\ufeff${text.replaceAll('\n', '\r\n')}\r\n`, 'fixed.csv', COMMAS)).toEqual([3, 17, 20]);
  });

  it('is separated and quoted as the contract says', () => {
    const text = releaseFile(['id', 'amount'], [refused(3, '1;12,50'), refused(4, "2;'x;y'")], ';');
    expect(text).toBe("_row;id;amount\n3;1;12,50\n4;2;'x;y'\n");
    expect(rowNumbers(text, 'fixed.csv', { delimiter: ';', quote: "'" })).toEqual([3, 4]);
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
