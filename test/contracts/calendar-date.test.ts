import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMN_DATE_FORMAT, FILE_DATE_FORMAT, readDate } from '../../contracts/calendar-date';

const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const isoOf = (date: Date): string => date.toISOString().slice(0, 10);

describe('readDate', () => {
  it.each([
    ['2025-01-02', 'yyyy-MM-dd', '2025-01-02'],
    ['20250102', 'YYYYMMDD', '2025-01-02'],
    ['02.01.2025', 'dd.MM.yyyy', '2025-01-02'],
    ['01/02/2025', 'MM/dd/yyyy', '2025-01-02'],
    ['2024-02-29', 'yyyy-MM-dd', '2024-02-29'],
    ['2000-02-29', 'yyyy-MM-dd', '2000-02-29'],
    ['1900-02-29', 'yyyy-MM-dd', undefined],
    ['2025-02-31', 'yyyy-MM-dd', undefined],
    ['2025-13-01', 'yyyy-MM-dd', undefined],
    ['2025-00-01', 'yyyy-MM-dd', undefined],
    ['2025-01-00', 'yyyy-MM-dd', undefined],
    ['0000-01-01', 'yyyy-MM-dd', undefined],
    ['2025-1-2', 'yyyy-MM-dd', undefined],
    ['2025-01-02 ', 'yyyy-MM-dd', undefined],
    ['2025-01-02\n', 'yyyy-MM-dd', undefined],
    ['2025x01x02', 'yyyy.MM.dd', undefined],
    ['٢٠٢٥0102', 'yyyyMMdd', undefined],
    ['', 'yyyy-MM-dd', undefined],
  ])('%j as %s is %s', (text, format, expected) => {
    expect(readDate(text, format)).toBe(expected);
  });

  it('reads back every day of the calendar, in any order of its parts', () => {
    const orders = ['yyyy-MM-dd', 'dd.MM.yyyy', 'MM/dd/yyyy', 'yyyyMMdd'];
    fc.assert(
      fc.property(day, fc.constantFrom(...orders), (date, format) => {
        const [year = '', month = '', dayOfMonth = ''] = isoOf(date).split('-');
        const written = format.replace('yyyy', year).replace('MM', month).replace('dd', dayOfMonth);
        expect(readDate(written, format)).toBe(isoOf(date));
      }),
    );
  });

  it('finds a day in eight digits if and only if the calendar has it', () => {
    const eightDigits = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.nat(99), fc.nat(99));
    fc.assert(
      fc.property(eightDigits, ([year, month, dayOfMonth]) => {
        const pad = (number: number, length: number) => String(number).padStart(length, '0');
        const iso = `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
        const time = new Date(`${iso}T00:00:00Z`);
        const exists = !Number.isNaN(time.getTime()) && isoOf(time) === iso;
        expect(readDate(iso.replaceAll('-', ''), 'YYYYMMDD')).toBe(exists ? iso : undefined);
      }),
    );
  });
});

describe('a date format', () => {
  it.each(['yyyy-MM-dd', 'dd/MM/yyyy', 'yyyyMMdd', 'MM dd yyyy'])('of a column may be %s', (format) => {
    expect(format).toMatch(COLUMN_DATE_FORMAT);
  });

  it.each(['YYYY-MM-DD', 'yyyy-MM', 'yyyy-MM-dd-dd', 'yyyy-mm-dd', 'yyyy-MM-dd HH', 'yy-MM-dd', ''])(
    'of a column is never %s',
    (format) => {
      expect(format).not.toMatch(COLUMN_DATE_FORMAT);
    },
  );

  it('of a file name is written in capitals and without what a name cannot hold', () => {
    expect('YYYYMMDD').toMatch(FILE_DATE_FORMAT);
    for (const format of ['yyyyMMdd', 'YYYY/MM/DD', 'YYYYMM', 'YYYYMMDDDD']) expect(format).not.toMatch(FILE_DATE_FORMAT);
  });
});
