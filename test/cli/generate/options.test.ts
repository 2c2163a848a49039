import { expect, it } from 'vitest';
import { optionsOf, type Words } from '../../../cli/generate/options';
import { rates } from './generated';

const WORDS: Words = {
  scale: 'small',
  from: '2024-01-01',
  to: '2025-12-31',
  batches: 3,
  format: 'csv',
  defects: '0',
  seed: '1',
};
const SMALL = { customers: 1000, products: 500, orders: 5000, webEvents: 50_000 };

it.each([
  [{}, SMALL],
  [{ scale: 'medium' }, { customers: 10_000, products: 5000, orders: 50_000, webEvents: 500_000 }],
  [{ scale: 'large' }, { customers: 100_000, products: 50_000, orders: 500_000, webEvents: 5_000_000 }],
  [{ scale: '2.5' }, { customers: 2500, products: 1250, orders: 12_500, webEvents: 125_000 }],
  [{ scale: '.0001' }, { customers: 1, products: 1, orders: 1, webEvents: 5 }],
  [{ orders: 7 }, { ...SMALL, orders: 7 }],
])('%j is so large', (words, sizes) => {
  expect(optionsOf({ ...WORDS, ...words }).sizes).toEqual(sizes);
});

it('splits one rate evenly, and takes one for each dimension', () => {
  const each = 2_500_000;
  const evenly = { completeness: each, validity: each, accuracy: each, consistency: each };
  expect(optionsOf({ ...WORDS, defects: '0.01' }).defects).toEqual(evenly);
  expect(rates('validity=0.002,accuracy=.1')).toEqual({ completeness: 0, validity: 2e6, accuracy: 1e8, consistency: 0 });
});

it.each([
  [{ scale: 'huge' }, '--scale huge: expected small, medium, large or a factor above 0 such as 2.5'],
  [{ scale: 'toString' }, '--scale toString: expected'],
  [{ scale: '0' }, '--scale 0: expected'],
  [{ scale: '-1' }, '--scale -1: expected'],
  [{ scale: '1e3' }, '--scale 1e3: expected'],
  [{ scale: '9999999' }, 'makes more customers than their ids have digits for'],
  [{ from: '2024-02-30' }, '--from 2024-02-30: expected a day as YYYY-MM-DD'],
  [{ from: '1999-12-31' }, '--from 1999-12-31: expected 2000-01-01 or later'],
  [{ to: '2023-12-31' }, '--from 2024-01-01 is after --to 2023-12-31: turn them round'],
  [{ to: '2199-12-31' }, 'more than a hundred years'],
  [{ batches: 732 }, '--batches 732 are more than the 731 days'],
  [{ seed: '-1' }, '--seed -1: expected a whole number'],
  [{ seed: '9007199254740993' }, 'expected a whole number'],
  [{ defects: '2' }, '--defects 2: expected a share'],
  [{ defects: '0.6' }, '--defects 0.6: expected at most 0.5 in all'],
  [{ defects: 'truth=0.1' }, 'expected a share'],
  [{ defects: 'validity=0.1,validity=0.1' }, 'expected a share'],
])('%j cannot be generated', (words, message) => {
  expect(() => optionsOf({ ...WORDS, ...words })).toThrow(message);
});
