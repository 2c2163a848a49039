import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasTime, isColumnFormat, readTimestamp } from '../../contracts/column-format';

const ISO = "yyyy-MM-dd'T'HH:mm:ssXXX";
const PLAIN = 'dd/MM/yyyy HH:mm:ss';

describe('the format of a column', () => {
  it.each([
    ['yyyy-MM-dd', true, false],
    [ISO, true, true],
    [PLAIN, true, true],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", true, true],
    ['HH:mm:ss', false, false],
    ['yyyy-MM-dd HH:mm', false, false],
    ['yyyy-MM-dd hh:mm:ss', false, false],
    ["yyyy-MM-dd'T'HH:mm:ssX", false, false],
  ])('%s', (format, isOne, hasOneTime) => {
    expect(isColumnFormat(format)).toBe(isOne);
    expect(hasTime(format)).toBe(hasOneTime);
  });
});

describe('a timestamp', () => {
  it.each([
    ['2024-02-29T23:59:59Z', ISO, '2024-02-29T23:59:59.000Z'],
    ['2024-03-01T04:00:00+10:00', ISO, '2024-02-29T18:00:00.000Z'],
    ['2024-02-29T14:00:00-18:00', ISO, '2024-03-01T08:00:00.000Z'],
    ['29/02/2024 00:00:01', PLAIN, '2024-02-29T00:00:01.000Z'],
    ['2024-02-29 00:00:01.007', 'yyyy-MM-dd HH:mm:ss.SSS', '2024-02-29T00:00:01.007Z'],
    ['0001-01-01T00:00:00Z', ISO, '0001-01-01T00:00:00.000Z'],
  ])('%s', (text, format, moment) => {
    expect(readTimestamp(text, format)).toBe(moment);
  });

  it.each([
    ['2024-02-30T00:00:00Z', ISO],
    ['2024-02-29T24:00:00Z', ISO],
    ['2024-02-29T23:60:00Z', ISO],
    ['2024-02-29T23:59:60Z', ISO],
    ['2024-02-29T23:59:59', ISO],
    ['2024-02-29 23:59:59Z', ISO],
    ['2024-02-29T23:59:59+18:01', ISO],
    ['2024-02-29T23:59:59+1000', ISO],
    ['0001-01-01T00:00:00+10:00', ISO],
    ['9999-12-31T23:59:59-10:00', ISO],
    ['2024-02-29', ISO],
    ['29/02/2024 00:00:01Z', PLAIN],
    ['2024-02-29T00:00:01.007Z', ISO],
  ])('%s is none', (text, format) => {
    expect(readTimestamp(text, format)).toBeUndefined();
  });

  it('is read back whatever it is', () => {
    const moments = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (moment) => {
        expect(readTimestamp(moment.toISOString(), "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")).toBe(moment.toISOString());
      }),
    );
  });
});
