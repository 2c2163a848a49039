import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allow, allowItems, allowKey } from './access';
import type { Alerts } from './alerts';
import { archivedByEvent } from './archive-by-event';
import { AssayFunction } from './assay-function';
import type { DatasetPipeline } from './dataset-pipeline';
import type { InboxQueue } from './inbox-queue';
import { PublishFailedAlarm } from './publish-failed-alarm';
import { RunbookAlarm } from './runbook-alarm';

export interface SweepInboxProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly alerts: Alerts;
  readonly queue: InboxQueue;
  /** Of archive-transactions. */
  readonly archiveQueue: IQueue;
  readonly pipelines: readonly DatasetPipeline[];
}

/** Longer than an event and its five deliveries may take. */
const takeAfter = Duration.hours(1);
const alertAfter = Duration.hours(24);

/** Looks once a day for what was left behind, and at once for an execution that was stopped before it could report. */
export class SweepInbox extends Construct {
  constructor(scope: Construct, id: string, props: SweepInboxProps) {
    super(scope, id);
    const sweep = this.createFunction(props);
    this.grant(sweep, props);
    const { stage, pipelines, queue } = props;
    const targets = [new LambdaFunction(sweep, { deadLetterQueue: queue.deadLetters })];
    new Rule(this, 'Daily', {
      ruleName: `assay-${stage.name}-sweep-inbox`,
      description: 'files and runs that were left behind',
      schedule: Schedule.cron({ hour: '3', minute: '17' }),
      targets,
    });
    new Rule(this, 'ExecutionEnded', {
      ruleName: `assay-${stage.name}-execution-cut-off`,
      description: 'an execution has ended in a way that may have left no report',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['ABORTED', 'TIMED_OUT', 'FAILED'],
          stateMachineArn: pipelines.map(({ stateMachine }) => stateMachine.stateMachineArn),
        },
      },
      targets,
    });
    this.addAlarms(sweep, props);
  }

  private addAlarms(sweep: Function, { stage, alerts }: SweepInboxProps): void {
    new PublishFailedAlarm(this, 'PublishFailed', { stage, step: 'sweep-inbox', topic: alerts.alarms });
    new RunbookAlarm(this, 'Errors', {
      alarmName: `assay-${stage.name}-sweep-inbox-errors`,
      meaning:
        'Files or runs that were left behind may stay so until the next sweep; what goes its usual way is not concerned.',
      heading: 'Sweep failed',
      metric: sweep.metricErrors({ period: stage.alarmPeriod }),
      topic: alerts.alarms,
    });
  }

  private createFunction({ stage, lake, alerts, queue, archiveQueue, pipelines }: SweepInboxProps): Function {
    const contracts = pipelines.map(({ contract }) => contract);
    return new AssayFunction(this, 'SweepInbox', {
      stage,
      step: 'sweep-inbox',
      description: 'finds files that no run took and runs that nobody goes on with; tells of files that lie there too long',
      memorySize: 256,
      timeout: Duration.minutes(10),
      environment: {
        INBOX_BUCKET: lake.buckets.inbox.bucketName,
        INBOX_QUEUE_URL: queue.queue.queueUrl,
        LEDGER_TABLE: lake.ledger.table.tableName,
        FAILURE_TOPIC_ARN: alerts.failures.topicArn,
        DATASETS: JSON.stringify([...contracts.map(({ dataset }) => dataset), 'unmatched']),
        ARCHIVED_BY_EVENT: JSON.stringify(archivedByEvent(contracts).map(({ dataset }) => dataset)),
        ARCHIVE_QUEUE_URL: archiveQueue.queueUrl,
        TAKE_AFTER_MINUTES: String(takeAfter.toMinutes()),
        ALERT_AFTER_HOURS: String(alertAfter.toHours()),
      },
    }).function;
  }

  private grant(sweep: Function, { lake, alerts, queue, archiveQueue, pipelines }: SweepInboxProps): void {
    const { table } = lake.ledger;
    allow(sweep, ['s3:ListBucketVersions'], [lake.buckets.inbox.bucketArn]);
    allowItems(sweep, table, ['GetItem', 'UpdateItem']);
    allow(sweep, ['dynamodb:Query'], [`${table.tableArn}/index/by-dataset`]);
    allow(sweep, ['sqs:SendMessage'], [queue.queue.queueArn, archiveQueue.queueArn]);
    const executions = pipelines.map(({ stateMachine }) =>
      Stack.of(this).formatArn({
        service: 'states',
        resource: 'execution',
        resourceName: `${stateMachine.stateMachineName}:*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
    allow(sweep, ['states:DescribeExecution'], executions);
    allow(sweep, ['sns:Publish'], [alerts.failures.topicArn]);
    allowKey(sweep, alerts.key);
  }
}
