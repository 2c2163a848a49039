import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DIMENSIONS } from '../../../../contracts/scores';
import { Places } from '../../../../cli/generate/defect/places';
import { countsOf, readRates } from '../../../../cli/generate/defect/rates';
import { Random } from '../../../../cli/generate/random';

it('places exactly as many defects as the share of all rows is, copies counted', () => {
  fc.assert(
    fc.property(fc.nat({ max: 3000 }), fc.integer({ min: 0, max: 500 }), fc.nat(), (rows, thousandths, seed) => {
      const rates = readRates(String(thousandths / 1000));
      if (rates === undefined) throw new Error(`${thousandths} thousandths are no rate`);
      const counts = countsOf(rates, rows);
      const each = Math.floor(((rows + counts.consistency) * thousandths) / 4000);
      expect(counts).toEqual(Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, each])));
      const places = new Places(rows, counts, new Random(seed));
      const found = Array.from({ length: rows }, () => places.next());
      for (const dimension of DIMENSIONS) expect(found.filter((one) => one === dimension)).toHaveLength(each);
    }),
  );
});

it('places them anywhere in the file', () => {
  const counts = { completeness: 100, validity: 0, accuracy: 0, consistency: 0 };
  const places = new Places(10_000, counts, new Random(1));
  const found = Array.from({ length: 10_000 }, () => places.next());
  const firstHalf = found.slice(0, 5000).filter((one) => one !== undefined).length;
  expect(firstHalf).toBeGreaterThan(30);
  expect(firstHalf).toBeLessThan(70);
});
