import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { logger } from '../log/logger';
import { publish, type Message } from './publish';

const metrics = new Metrics({ namespace: 'Assay' });

/** Sends a message about a run that is over; that it cannot be sent changes nothing about the run, and raises an alarm. */
export async function publishOrLog(topicArn: string, message: Message): Promise<void> {
  try {
    await publish(topicArn, message);
  } catch (error) {
    logger.error('the message could not be published', { subject: message.subject, error: String(error) });
    metrics.addMetric('PublishFailed', MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  }
}
