import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, parseDecimal, writeDecimal } from '../../contracts/exact-decimal';

const number = (text: string) => {
  const value = parseDecimal(text);
  if (!value) throw new Error(`${text} is no decimal number`);
  return value;
};

describe('decimals', () => {
  it.each(['', '1e3', '12,5', '.5', '5.', '1 000', ' 1', '--1', '0x10', 'NaN', '1.2.3', '١'])('%j is none', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it.each([
    ['12.5', 2, '12.50'],
    ['+0012', 2, '12.00'],
    ['-0.01', 2, '-0.01'],
    ['-0', 2, '0.00'],
    ['9999999999999999.99', 2, '9999999999999999.99'],
    ['-12', 0, '-12'],
    ['1.005', 2, undefined],
    ['1.00', 1, undefined],
  ])('%s with %i places is %s', (text, scale, expected) => {
    expect(writeDecimal(number(text), scale)).toBe(expected);
  });

  it('are compared to the last digit', () => {
    expect(compareDecimals(number('999999999999999.01'), number('999999999999999'))).toBe(1);
    expect(compareDecimals(number('9007199254740992'), number('9007199254740993'))).toBe(-1);
    expect(compareDecimals(number('1.50'), number('1.5'))).toBe(0);
    expect(compareDecimals(number('-2'), number('1.5'))).toBe(-1);
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(12), (unscaled, scale) => {
        const text = writeDecimal({ unscaled, scale }, scale) ?? '';
        expect(parseDecimal(text)).toEqual({ unscaled, scale });
      }),
    );
  });
});
