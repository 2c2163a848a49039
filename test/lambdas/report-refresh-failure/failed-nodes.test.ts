import { expect, test } from 'vitest';
import { nodesIn } from '../../../lambdas/report-refresh-failure/failed-nodes';

const failure = (node: string) => `\u001b[31mFailure in model ${node} (models/${node}.sql)\u001b[0m`;

test('names every model and test once, whatever colours the log has', () => {
  expect(nodesIn([failure('a'), 'Warning in test b (x.yml)', failure('c'), failure('a')].join('\n'))).toEqual([
    'model a (models/a.sql)',
    'model c (models/c.sql)',
  ]);
});

test('of many names ten, and how many there are beside them', () => {
  const nodes = nodesIn(Array.from({ length: 12 }, (_, index) => failure(`m${index}`)).join('\n'));
  expect(nodes).toHaveLength(11);
  expect(nodes.at(-1)).toBe('2 more');
});
