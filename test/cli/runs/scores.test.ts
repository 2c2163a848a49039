import { expect, it } from 'vitest';
import { scoreValues } from '../../../cli/runs/scores';
import { DIMENSIONS } from '../../../contracts/scores';

it('has a value for each dimension, in its order', () => {
  const score = (passed: number, total: number) => ({ passed, total, threshold: '0.95' });
  const scores = { completeness: score(1, 2), validity: score(1, 4), accuracy: score(0, 0), consistency: score(0, 1) };
  expect(scoreValues(scores)).toEqual({ completeness: 0.5, validity: 0.25, accuracy: 1, consistency: 0 });
  expect(Object.keys(scoreValues(scores))).toEqual(DIMENSIONS);
});
