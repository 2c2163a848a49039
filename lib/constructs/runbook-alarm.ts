import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** The headings of docs/runbook.md that an alarm leads to. */
export type RunbookHeading =
  | 'Executions failed'
  | 'Executions timed out'
  | 'Files wait in the queue'
  | 'Files in the dead-letter queue'
  | 'Refresh failed'
  | 'dbt failed'
  | 'Job reports in the dead-letter queue'
  | 'Archives in the dead-letter queue'
  | 'Transactions not generated'
  | 'Extract failed'
  | 'Reports failed'
  | 'Sweep failed'
  | 'Messages not sent';

export interface RunbookAlarmProps {
  readonly alarmName: string;
  readonly metric: IMetric;
  /** What it means that the alarm fires, for someone who was asleep. */
  readonly meaning: string;
  readonly heading: RunbookHeading;
  readonly topic: ITopic;
  /** The lowest value that fires. @default 1 */
  readonly threshold?: number;
}

/** An alarm that says what it means and ends with the heading of docs/runbook.md that says what to do. */
export class RunbookAlarm extends Construct {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id);
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: props.alarmName,
      alarmDescription: `${props.meaning} What to do: docs/runbook.md, ${props.heading}`,
      metric: props.metric,
      threshold: props.threshold ?? 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(props.topic));
    alarm.addOkAction(new SnsAction(props.topic));
  }
}
