import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import { allow, allowKey } from './access';
import type { Alerts } from './alerts';
import { AssayFunction } from './assay-function';
import { PublishFailedAlarm } from './publish-failed-alarm';

export interface ReportRefreshFailureProps {
  readonly stage: Stage;
  readonly alerts: Alerts;
  /** Of dbt's task: which models and tests failed. */
  readonly dbtLog: LogGroup;
}

/** Tells people that what is built of the loads, outside the run of any file, was not. */
export class ReportRefreshFailure extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, { stage, alerts, dbtLog }: ReportRefreshFailureProps) {
    super(scope, id);
    const step = 'report-refresh-failure';
    this.function = new AssayFunction(this, step, {
      stage,
      step,
      description: 'the star schema was not refreshed, or dbt failed: message',
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: { FAILURE_TOPIC_ARN: alerts.failures.topicArn, DBT_LOG_GROUP: dbtLog.logGroupName },
    }).function;
    const streams = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${dbtLog.logGroupName}:log-stream:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    allow(this.function, ['logs:GetLogEvents'], [streams]);
    allow(this.function, ['sns:Publish'], [alerts.failures.topicArn]);
    allowKey(this.function, alerts.key);
    new PublishFailedAlarm(this, `${step}-messages`, { stage, step, topic: alerts.alarms });
  }
}
