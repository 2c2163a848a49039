import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allow, allowItems, allowKey, allowRemove } from './access';
import type { Alerts } from './alerts';
import { AssayFunction } from './assay-function';
import { allowLineage, lineageVariables } from './lineage';
import { PublishFailedAlarm } from './publish-failed-alarm';
import { RunbookAlarm } from './runbook-alarm';

export interface ReportLambdasProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly alerts: Alerts;
}

/** The steps that write a run's outcome into the ledger and tell people. */
export class ReportLambdas extends Construct {
  readonly reportSuccess: Function;
  readonly reportFailure: Function;

  constructor(scope: Construct, id: string, props: ReportLambdasProps) {
    super(scope, id);
    const { lake, alerts } = props;
    this.reportSuccess = this.create(props, {
      step: 'report-success',
      description: 'a file has arrived: ledger and message',
      topic: alerts.successes,
      variable: 'SUCCESS_TOPIC_ARN',
    });
    // Duplicates that waited in the inbox for this run.
    allowRemove(this.reportSuccess, lake.buckets.inbox);
    this.reportFailure = this.create(props, {
      step: 'report-failure',
      description: 'a file has failed: ledger and message',
      topic: alerts.failures,
      variable: 'FAILURE_TOPIC_ARN',
    });
  }

  private create({ stage, lake, alerts }: ReportLambdasProps, report: Report): Function {
    const { function: step } = new AssayFunction(this, report.step, {
      stage,
      step: report.step,
      description: report.description,
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: {
        LEDGER_TABLE: lake.ledger.table.tableName,
        [report.variable]: report.topic.topicArn,
        ...lineageVariables({ stage, lake }),
      },
    });
    allowItems(step, lake.ledger.table, ['GetItem', 'UpdateItem']);
    allow(step, ['sns:Publish'], [report.topic.topicArn]);
    allowKey(step, alerts.key);
    allowLineage(step, lake);
    new RunbookAlarm(this, `${report.step}-alarm`, {
      alarmName: `assay-${stage.name}-${report.step}-errors`,
      meaning: 'The outcome of a run could not be written down or told; the run itself ended as it did.',
      heading: 'Reports failed',
      metric: step.metricErrors({ period: stage.alarmPeriod }),
      topic: alerts.alarms,
    });
    new PublishFailedAlarm(this, `${report.step}-messages`, { stage, step: report.step, topic: alerts.alarms });
    return step;
  }
}

interface Report {
  readonly step: string;
  readonly description: string;
  readonly topic: Topic;
  readonly variable: string;
}
