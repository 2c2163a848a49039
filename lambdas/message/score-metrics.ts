import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import type { FileItem } from '../ledger/items';
import { scoreOf } from '../../contracts/scores';

/** A file's scores and rows as CloudWatch metrics of its dataset, by one line in the log (EMF). */
export function recordScores({ dataset, scores, rows }: Pick<FileItem, 'dataset' | 'scores' | 'rows'>): void {
  if (scores === undefined) return;
  const metrics = new Metrics({ namespace: 'Assay' });
  // The function's name would make two metrics of one, for files that were loaded and files that were refused.
  metrics.clearDefaultDimensions();
  metrics.addDimension('dataset', dataset);
  for (const [name, score] of Object.entries(scores)) metrics.addMetric(name, MetricUnit.NoUnit, scoreOf(score));
  for (const [name, number] of Object.entries(rows ?? {})) metrics.addMetric(`rows-${name}`, MetricUnit.Count, number);
  metrics.publishStoredMetrics();
}
