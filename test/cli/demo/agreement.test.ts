import { expect, it } from 'vitest';
import { disagreements, silverDisagreements } from '../../../cli/demo/agreement';

const truth = {
  purchases: 3,
  customers: new Map([
    ['DEMO-0001', { cents: 1205, first: '2026-01-01', last: '2026-01-02' }],
    ['DEMO-0002', { cents: 5, first: '2026-01-01', last: '2026-01-01' }],
  ]),
};
const ONE = ['DEMO-0001', '12.05', '2026-01-01', '2026-01-02'];
const TWO = ['DEMO-0002', '0.05', '2026-01-01', '2026-01-01'];

it('finds nothing where the store says the same, in any order', () => {
  expect(disagreements('gold', truth, [TWO, ONE])).toEqual([]);
  expect(silverDisagreements(truth, [['3', '12.10']])).toEqual([]);
});

it('finds a wrong sum, a missing customer and one too many', () => {
  expect(
    disagreements('gold', truth, [
      ['DEMO-0001', '12.06', '2026-01-01', '2026-01-02'],
      ['DEMO-0003', '1.00', 'a', 'b'],
    ]),
  ).toEqual([
    'gold: DEMO-0001 should have 12.05, 2026-01-01, 2026-01-02 and has 12.06, 2026-01-01, 2026-01-02',
    'gold: DEMO-0002 should have 0.05, 2026-01-01, 2026-01-01 and has nothing',
    'gold: DEMO-0003 should not be there',
  ]);
  expect(silverDisagreements(truth, [['4', '12.10']])).toEqual([
    'silver should have 3 purchases, 12.10 AUD and has 4 purchases, 12.10 AUD',
  ]);
  expect(silverDisagreements(truth, [])).toHaveLength(1);
});
