import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import type { Alerts } from './alerts';
import { messageQueue } from './message-queue';
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
    this.queue = messageQueue(this, 'Queue', { queueName: `assay-${stage.name}-${name}-dead` });
    of?.configureAsyncInvoke({ onFailure: new SqsDestination(this.queue), retryAttempts: 2 });
    new RunbookAlarm(this, 'Alarm', {
      ...alarm,
      alarmName: `assay-${stage.name}-${name}-dead-letters`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: stage.alarmPeriod, statistic: 'max' }),
      topic: alerts.alarms,
    });
  }
}
