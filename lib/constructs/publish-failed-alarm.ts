import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import { RunbookAlarm } from './runbook-alarm';

export interface PublishFailedAlarmProps {
  readonly stage: Stage;
  /** The function that sends messages; its name is the metric's dimension. */
  readonly step: string;
  readonly topic: ITopic;
}

/** Watches the metric that a function writes when a message about a run could not be sent. */
export class PublishFailedAlarm extends Construct {
  constructor(scope: Construct, id: string, { stage, step, topic }: PublishFailedAlarmProps) {
    super(scope, id);
    new RunbookAlarm(this, 'Messages', {
      alarmName: `assay-${stage.name}-${step}-publish-failed`,
      meaning: 'The message about a run could not be sent; the run itself ended as the ledger says.',
      heading: 'Messages not sent',
      metric: new Metric({
        namespace: 'Assay',
        metricName: 'PublishFailed',
        dimensionsMap: { service: step },
        statistic: 'sum',
        period: stage.alarmPeriod,
      }),
      topic,
    });
  }
}
