import { expect, test } from 'vitest';
import { recordScores } from '../../../lambdas/message/score-metrics';
import { watchMetrics } from '../support/metrics';

const scores = {
  completeness: { passed: 9, total: 10, threshold: '0.95' },
  validity: { passed: 10, total: 10, threshold: '0.97' },
  accuracy: { passed: 1, total: 8, threshold: '0.98' },
  consistency: { passed: 0, total: 0, threshold: '0.99' },
};

test('scores and rows are metrics of the dataset, in one line', () => {
  const metrics = watchMetrics();
  const rows = { read: 10, published: 7, quarantined: 2, deduplicated: 1 };
  recordScores({ dataset: 'purchases', scores, rows });
  const ratio = (Name: string) => ({ Name, Unit: 'None' });
  const count = (Name: string) => ({ Name, Unit: 'Count' });
  expect(metrics()).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number) as number,
        CloudWatchMetrics: [
          {
            Namespace: 'Assay',
            Dimensions: [['dataset']],
            Metrics: [
              ...['completeness', 'validity', 'accuracy', 'consistency'].map(ratio),
              ...['rows-read', 'rows-published', 'rows-quarantined', 'rows-deduplicated'].map(count),
            ],
          },
        ],
      },
      dataset: 'purchases',
      completeness: 0.9,
      validity: 1,
      accuracy: 0.125,
      consistency: 1,
      'rows-read': 10,
      'rows-published': 7,
      'rows-quarantined': 2,
      'rows-deduplicated': 1,
    },
  ]);
});

test('of a refused file the scores alone, of a file that was not scored nothing', () => {
  const metrics = watchMetrics();
  recordScores({ dataset: 'purchases', scores });
  recordScores({ dataset: 'purchases', rows: { read: 1, published: 1, quarantined: 0, deduplicated: 0 } });
  expect(metrics()).toHaveLength(1);
  expect(Object.keys(metrics()[0] ?? {})).toEqual(['_aws', 'dataset', ...Object.keys(scores)]);
});
