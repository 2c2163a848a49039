import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import { allow, allowKey } from './access';
import type { Alerts } from './alerts';
import { AssayFunction } from './assay-function';
import { PublishFailedAlarm } from './publish-failed-alarm';

export interface ReportRefreshFailureProps {
  readonly stage: Stage;
  readonly alerts: Alerts;
}

/** Tells people that what is built of the loads, outside the run of any file, was not. */
export class ReportRefreshFailure extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, { stage, alerts }: ReportRefreshFailureProps) {
    super(scope, id);
    const step = 'report-refresh-failure';
    this.function = new AssayFunction(this, step, {
      stage,
      step,
      description: 'the star schema was not refreshed, or dbt failed: message',
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: { FAILURE_TOPIC_ARN: alerts.failures.topicArn },
    }).function;
    allow(this.function, ['sns:Publish'], [alerts.failures.topicArn]);
    allowKey(this.function, alerts.key);
    new PublishFailedAlarm(this, `${step}-messages`, { stage, step, topic: alerts.alarms });
  }
}
