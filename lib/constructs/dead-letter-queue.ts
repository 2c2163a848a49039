import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import type { Alerts } from './alerts';
import { RunbookAlarm, type RunbookHeading } from './runbook-alarm';

export interface DeadLetterQueueProps {
  readonly stage: Stage;
  readonly alerts: Alerts;
  /** What cannot be handled: `assay-<stage>-<name>-dead`. */
  readonly name: string;
  readonly meaning: string;
  readonly heading: RunbookHeading;
  /** A function that is called without anybody waiting for its answer; what it fails at comes here. @default none */
  readonly of?: Function;
}

/** Keeps for two weeks what could not be handled, and an alarm says so. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { stage, alerts, name, of, ...alarm }: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: `assay-${stage.name}-${name}-dead`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    of?.configureAsyncInvoke({ onFailure: new SqsDestination(this.queue), retryAttempts: 2 });
    new RunbookAlarm(this, 'Alarm', {
      ...alarm,
      alarmName: `assay-${stage.name}-${name}-dead-letters`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: stage.alarmPeriod, statistic: 'max' }),
      topic: alerts.alarms,
    });
  }
}
