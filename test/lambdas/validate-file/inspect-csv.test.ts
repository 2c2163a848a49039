import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssayError } from '../../../contracts/errors';
import { inspectCsv } from '../../../lambdas/validate-file/inspect-csv';
import { COLUMNS, CONTRACT, HEADER, ROW, sampleOf } from './files';

const FILE = 'customer_purchases_20250102.csv';
const inspected = (content: string | Buffer, isWhole = true) => inspectCsv(sampleOf(content, isWhole), CONTRACT);

/** The error's name and message, or what came instead of an error. */
function refusal(content: string | Buffer, isWhole = true): string {
  try {
    return `accepted: ${inspected(content, isWhole).header.join()}`;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return `${error.name}: ${error.message}`;
  }
}

describe('accepted', () => {
  test.each([
    ['a plain file', `${HEADER}\n${ROW}\n`],
    ['no final newline', `${HEADER}\n${ROW}`],
    ['a header alone', `${HEADER}\n`],
    ['a header alone without newline', HEADER],
    ['CRLF', `${HEADER}\r\n${ROW}\r\n`],
    ['mixed line ends', `${HEADER}\r\n${ROW}\n${ROW}\r\n`],
    ['a UTF-8 byte order mark', `\ufeff${HEADER}\n${ROW}\n`],
    ['capitals and blanks', `${HEADER.toUpperCase().replaceAll(',', ' , ')}\n${ROW}\n`],
    ['quoted names', `${COLUMNS.map((name) => `"${name}"`).join()}\n${ROW}\n`],
    ['blank lines first', `\n\n${HEADER}\n${ROW}\n`],
    ['a quoted newline and doubled quotes', `${HEADER}\n1,2,"A\nB","""x""",,,1,1.00,2025-01-01\n`],
    ['one bad row', `${HEADER}\n1,2,,,,,x,N/A,31.12.2024\n`],
    ['ragged rows', `${HEADER}\n${ROW}\n1,2\n${ROW},extra\n`],
    ['a NUL byte in a cell', `${HEADER}\n${ROW.replace('Ann', 'A\0nn')}\n`],
    ['umlauts', `${HEADER}\n${ROW.replace('Ann', 'Zoë Ødegård 日本 😀')}\n`],
    ['a quote inside a cell', `${HEADER}\n${ROW.replace('Ann', 'A"nn')}\n`],
  ])('%s', (_, content) => {
    expect(inspected(content).header).toEqual(COLUMNS);
  });

  test('columns in another order are mapped by name', () => {
    const order = COLUMNS.toReversed();
    expect(inspected(`${order.join(' , ').toUpperCase()}\n`).header).toEqual(order);
  });

  test('any order, case and blanks', () => {
    const spelling = fc.record({
      order: fc.shuffledSubarray([...COLUMNS], { minLength: COLUMNS.length }),
      blank: fc.constantFrom('', ' ', '\t', '  '),
      isUpper: fc.boolean(),
      end: fc.constantFrom('\n', '\r\n', ''),
    });
    fc.assert(
      fc.property(spelling, ({ order, blank, isUpper, end }) => {
        const names = order.map((name) => `${blank}${isUpper ? name.toUpperCase() : name}${blank}`);
        expect(inspected(`${names.join()}${end}`).header).toEqual(order);
      }),
    );
  });
});

describe('refused', () => {
  const xlsx = Buffer.from('PK\x03\x04\x14\x00\x06\x00[Content_Types].xml', 'latin1');
  test.each([
    ['an Excel workbook', xlsx, 'NotCsv', 'an Excel workbook (.xlsx) (its first bytes are 50 4b 03 04)'],
    ['a ZIP', Buffer.from('PK\x03\x04other', 'latin1'), 'NotCsv', 'a ZIP archive'],
    ['an old Excel', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'NotCsv', 'an old Excel workbook (.xls)'],
    ['a PDF', '%PDF-1.7\n…', 'NotCsv', 'a PDF document'],
    ['Parquet', 'PAR1\x15\x04', 'NotCsv', 'a Parquet file'],
    ['gzip', gzipSync(`${HEADER}\n`).subarray(0, 12), 'NotCsv', 'a gzip archive'],
    ['HTML', '\n <!DOCTYPE html>\n<html>', 'NotCsv', 'an HTML page'],
    ['XML', '\ufeff<?xml version="1.0"?>', 'NotCsv', 'an XML document'],
    ['JSON', '[\n {"purchase_id": 1}]', 'NotCsv', 'a JSON array'],
    ['UTF-16 LE', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'BadEncoding', 'UTF-16 (byte order mark ff fe)'],
    ['UTF-16 BE', Buffer.from(`\ufeff${HEADER}`, 'utf16le').swap16(), 'BadEncoding', 'UTF-16 (byte order mark fe ff)'],
    ['UTF-32', Buffer.from('fffe000041000000', 'hex'), 'BadEncoding', 'UTF-32'],
    ['UTF-16 without mark', Buffer.from(HEADER, 'utf16le'), 'BadEncoding', 'bytes are NUL, as in UTF-16'],
    ['blank lines', '\n\r\n\n', 'EmptyFile', 'has only blank lines'],
    ['a mark alone', '\ufeff', 'EmptyFile', 'has only blank lines'],
    [
      'semicolons',
      `${HEADER}\n`.replaceAll(',', ';'),
      'WrongDelimiter',
      'line 1: cells are separated by semicolons, expected commas',
    ],
    ['tabs', `${HEADER}\n`.replaceAll(',', '\t'), 'WrongDelimiter', 'separated by tabs'],
    ['pipes', `${HEADER}\n`.replaceAll(',', '|'), 'WrongDelimiter', 'separated by pipes'],
    ['semicolons and no header', `1;2;a;b;c;d;1;1,50;2025-01-01\n`, 'WrongDelimiter', 'separated by semicolons'],
    ['no header', `${ROW}\n${ROW}\n`, 'MissingHeader', "line 1: 9 cells that are not the columns' names"],
    [
      'a missing column',
      `${HEADER.replace(',quantity', '')}\n`,
      'MissingColumn',
      'line 1: no column "quantity"; expected purchase_id,',
    ],
    ['a missing optional cell’s column', `${HEADER.replace(',email', '')}\n`, 'MissingColumn', 'no column "email"'],
    [
      'a renamed column',
      `${HEADER.replace('quantity', 'qty')}\n`,
      'MissingColumn',
      'no column "quantity", but "qty" (column 7)',
    ],
    ['an unknown column', `${HEADER},discount\n`, 'UnknownColumn', '"discount" (column 10) is not in the contract'],
    ['a column without name', `${HEADER},\n`, 'UnknownColumn', '"" (column 10)'],
    ['a column twice', `${HEADER}, EMAIL\n`, 'DuplicateColumn', '"EMAIL" is there twice (columns 5 and 10)'],
    ['an unclosed quote', `${HEADER}\n${ROW}\n1,"2,a,b\n3,4,c,d\n`, 'UnclosedQuote', 'line 3: a quote opens'],
    ['an unclosed quote in the header', `"${HEADER}\n1,2,a,b\n`, 'UnclosedQuote', 'line 1: a quote opens'],
    [
      'a long cell',
      `${HEADER}\n${ROW}\n${ROW.replace('Ann', 'A'.repeat(1001))}\n`,
      'FieldTooLong',
      'line 3: a cell is longer than 1000 bytes',
    ],
  ])('%s', (_, content, name, words) => {
    const text = refusal(content);
    expect(text).toContain(`${name}: ${FILE}`);
    expect(text).toContain(words);
  });

  test('Latin-1, with line, offset and byte', () => {
    const bytes = Buffer.from(`${HEADER}\n${ROW.replace('Ann', 'Zoë')}\n`, 'latin1');
    const offset = bytes.indexOf(0xeb);
    expect(refusal(bytes)).toBe(
      `BadEncoding: ${FILE} line 2: byte ${offset} of the file is 0xeb, which is not UTF-8 (Latin-1 or Windows-1252?); ` +
        'save the file as UTF-8 and upload it again',
    );
  });

  test('shows nobody’s data where a header is missing', () => {
    expect(refusal(`${ROW}\n`)).not.toMatch(/Ann|O'Reilly|example\.org|12\.50/);
    expect(refusal(`${HEADER},ann@example.org\n`)).not.toContain('ann@');
  });
});

describe('of a file longer than the sample', () => {
  const partOf = (rows: string) => refusal(`${HEADER}\n${rows}`, false);
  const accepted = `accepted: ${COLUMNS.join()}`;

  test.each([
    ['the last row may be cut off', `${ROW}\n1,2,An`],
    ['a quote may still be closed', `${ROW}\n1,2,"An`],
    ['there may be no row yet', ''],
  ])('%s', (_, rows) => {
    expect(partOf(rows)).toBe(accepted);
  });

  test('a character that is cut off is none that is wrong', () => {
    const bytes = Buffer.from(`${HEADER}\n${ROW}\n1,2,😀`);
    for (const cut of [1, 2, 3]) expect(refusal(bytes.subarray(0, bytes.length - cut), false)).toBe(accepted);
    expect(refusal(bytes.subarray(0, bytes.length - 1), true)).toContain('BadEncoding');
  });

  test('a quote that swallows more than a cell may have is unclosed', () => {
    expect(partOf(`1,"2,a\n${`${ROW.replaceAll('"', '')}\n`.repeat(30)}`)).toContain('UnclosedQuote: ');
  });

  test('a cell without end is too long', () => {
    expect(partOf(`1,"${'x'.repeat(2000)}`)).toContain('FieldTooLong: ');
    expect(partOf(`1,${'x'.repeat(2000)}`)).toContain('FieldTooLong: ');
  });

  test('a first line without end is none of a CSV', () => {
    expect(refusal(HEADER.slice(0, 50), false)).toContain('FieldTooLong: ');
  });
});

describe('rows', () => {
  const rowsOf = (count: number, row: string) => `${row}\n`.repeat(count);
  const shifted = ROW.replace('0001,', '');

  test('fifty of which not one fits refuse the file, without showing anybody’s data', () => {
    expect(refusal(`${HEADER}\n${rowsOf(50, `${shifted},x`)}`)).toBe(
      `NoRowFits: ${FILE}: none of the first 50 rows fits the contract; column "quantity" breaks the rule "type" in 50 of ` +
        'the first 50; correct the file, or the contract if it is the one that is wrong',
    );
    expect(refusal(`${HEADER}\n${rowsOf(60, shifted)}`)).toContain("another number of cells than the header's 9");
  });

  test('one that fits is enough, and fewer than fifty are never too bad', () => {
    expect(inspected(`${HEADER}\n${rowsOf(60, shifted)}${ROW}\n`).header).toEqual(COLUMNS);
    expect(inspected(`${HEADER}\n${rowsOf(49, shifted)}`).header).toEqual(COLUMNS);
  });
});

test('any bytes end in a header or in an error of ours', () => {
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const damaged = fc.tuple(fc.nat({ max: 200 }), fc.uint8Array({ maxLength: 5 })).map(([at, bytes]) => {
    const good = Buffer.from(`${HEADER}\n${ROW}\n${ROW}\n`);
    return Buffer.concat([good.subarray(0, at), bytes, good.subarray(at)]);
  });
  fc.assert(
    fc.property(fc.oneof(noise, damaged), fc.boolean(), (bytes, isWhole) => {
      expect(refusal(bytes, isWhole)).toMatch(/^(accepted|[A-Z]\w+): /);
    }),
    { numRuns: 500 },
  );
});
