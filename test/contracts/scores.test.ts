import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMet, scoreOf, scoreText } from '../../contracts/scores';

const score = (passed: number, total: number, threshold = '0.95') => ({ passed, total, threshold });

describe('a score', () => {
  it('is what passed of all, and 1 where there was nothing to judge', () => {
    expect([score(19, 20), score(0, 3), score(0, 0)].map(scoreOf)).toEqual([0.95, 0, 1]);
  });

  it.each([
    // In binary fractions the product is more than 7, and the quotient of the next is 0.95.
    [7, 100, '0.07', true],
    [8_556_839_292_003_940, 9_007_199_254_740_990, '0.95', false],
    [19, 20, '0.95', true],
    [18, 20, '0.95', false],
    [95_000_000, 100_000_000, '0.95', true],
    [94_999_999, 100_000_000, '0.95', false],
    [9_007_199_254_740_990, 9_007_199_254_740_991, '1', false],
    [9_007_199_254_740_991, 9_007_199_254_740_991, '1', true],
    [29, 100, '0.29', true],
    [57, 100, '0.57', true],
    [0, 20, '0', true],
    [0, 0, '1', true],
    [2, 3, '0.6667', false],
    [2, 3, '0.6666', true],
  ])('of %d in %d against %s: met is %s', (passed, total, threshold, met) => {
    expect(isMet(score(passed, total, threshold))).toBe(met);
  });

  it('is met exactly from the least number that is enough', () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 10_000 }),
    );
    fc.assert(
      fc.property(cases, ([total, percent, some]) => {
        const passed = Math.min(some, total);
        const threshold = (percent / 100).toFixed(2);
        expect(isMet(score(passed, total, threshold))).toBe(passed * 100 >= percent * total);
      }),
    );
  });

  it('is cut in text, not rounded up to a threshold that it misses', () => {
    expect(
      [score(94_999, 100_000), score(19, 20), score(2, 3), score(0, 0), score(1, 20_000)].map(scoreOf).map(scoreText),
    ).toEqual(['0.9499', '0.9500', '0.6666', '1.0000', '0.0000']);
  });

  it('that has few decimals is written as it is', () => {
    const texts = Array.from({ length: 10_001 }, (_, passed) => scoreText(scoreOf(score(passed, 10_000))));
    expect(texts).toEqual(Array.from({ length: 10_001 }, (_, passed) => (passed / 10_000).toFixed(4)));
  });
});
