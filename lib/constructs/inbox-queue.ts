import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import type { Alerts } from './alerts';
import { messageQueue } from './message-queue';
import { RunbookAlarm } from './runbook-alarm';

export interface InboxQueueProps {
  readonly stage: Stage;
  readonly inbox: IBucket;
  /** How long a message stays hidden from others once it is taken. */
  readonly visibilityTimeout: Duration;
  readonly alerts: Alerts;
}

/** Each new object of the inbox as a message; what cannot be handled ends in the dead-letter queue, and an alarm says so. */
export class InboxQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: InboxQueueProps) {
    super(scope, id);
    const { stage, inbox } = props;
    this.deadLetters = messageQueue(this, 'DeadLetters', { queueName: `assay-${stage.name}-receive-dead` });
    this.queue = messageQueue(this, 'Queue', {
      queueName: `assay-${stage.name}-receive`,
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    new Rule(this, 'ObjectCreated', {
      ruleName: `assay-${stage.name}-object-created`,
      description: 'a file has arrived in the inbox',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [inbox.bucketName] } },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
    });
    this.addAlarms(props);
  }

  private addAlarms({ stage, alerts }: InboxQueueProps): void {
    const period = stage.alarmPeriod;
    new RunbookAlarm(this, 'DeadLettersAlarm', {
      alarmName: `assay-${stage.name}-dead-letters`,
      meaning: 'Messages about new files could not be handled; those files are still in the inbox.',
      heading: 'Files in the dead-letter queue',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'max' }),
      topic: alerts.alarms,
    });
    new RunbookAlarm(this, 'WaitingAlarm', {
      alarmName: `assay-${stage.name}-files-wait`,
      meaning: 'A new file has waited for a quarter of an hour or longer to be taken.',
      heading: 'Files wait in the queue',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'max' }),
      threshold: Duration.minutes(15).toSeconds(),
      topic: alerts.alarms,
    });
  }
}
