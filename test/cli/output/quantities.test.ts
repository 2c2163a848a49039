import { expect, it } from 'vitest';
import { bytes, counted, duration } from '../../../cli/output/quantities';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [92_123_456, '92.1 MB'],
  [3_000_000_000_000, '3.0 TB'],
])('%d bytes are %s', (value, text) => {
  expect(bytes(value)).toBe(text);
});

it.each([
  [40, '0.0 s'],
  [59_940, '59.9 s'],
  [60_000, '1 min 00 s'],
  [125_900, '2 min 05 s'],
])('%d ms are %s', (value, text) => {
  expect(duration(value)).toBe(text);
});

it('counts one without an s and thousands with a comma', () => {
  expect([counted(1, 'row'), counted(0, 'row'), counted(12_345, 'row')]).toEqual(['1 row', '0 rows', '12,345 rows']);
});
