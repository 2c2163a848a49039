import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allow, allowItems, allowKey, allowRead, allowRemove, allowWrite } from './access';
import type { Alerts } from './alerts';
import { AssayFunction } from './assay-function';
import { type DatasetPipeline, stateMachineName } from './dataset-pipeline';
import { InboxQueue } from './inbox-queue';

export interface ReceiveFileProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly alerts: Alerts;
  readonly pipelines: readonly DatasetPipeline[];
}

/** Long enough to hash some ten gigabytes. */
const timeout = Duration.minutes(5);
/** Little longer than a run may take, as that is how long a file whose run died waits for the next. */
const visibilityTimeout = Duration.minutes(6);
/** Below this many at once nobody is throttled, so no message runs out of its visibility in a pause. */
const maxConcurrency = 10;

/** The way in: queue → receive-file → one execution a file. */
export class ReceiveFile extends Construct {
  readonly queue: InboxQueue;

  constructor(scope: Construct, id: string, props: ReceiveFileProps) {
    super(scope, id);
    const { stage, lake, alerts } = props;
    this.queue = new InboxQueue(this, 'Inbox', { stage, inbox: lake.buckets.inbox, visibilityTimeout, alerts });
    const receive = this.createFunction(props);
    receive.function.addEventSource(
      new SqsEventSource(this.queue.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency }),
    );
    this.grant(receive, props);
  }

  private createFunction({ stage, lake, alerts, pipelines }: ReceiveFileProps): AssayFunction {
    const routes = pipelines.map(({ contract }) => ({
      dataset: contract.dataset,
      filePattern: contract.inbox.filePattern,
      dateFormat: contract.inbox.dateFormat,
      contractVersion: contract.version,
    }));
    return new AssayFunction(this, 'ReceiveFile', {
      stage,
      step: 'receive-file',
      description: 'finds the contract of a new file, claims it in the ledger, starts its execution',
      memorySize: 512,
      timeout,
      environment: {
        ROUTES: JSON.stringify(routes),
        STATE_MACHINE_PREFIX: this.stateMachinePrefix(stage),
        LEDGER_TABLE: lake.ledger.table.tableName,
        QUARANTINE_BUCKET: lake.buckets.quarantine.bucketName,
        FAILURE_TOPIC_ARN: alerts.failures.topicArn,
        SUCCESS_TOPIC_ARN: alerts.successes.topicArn,
      },
    });
  }

  private stateMachinePrefix(stage: Stage): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: stateMachineName(stage, ''),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private grant({ function: receive }: AssayFunction, { lake, alerts, pipelines }: ReceiveFileProps): void {
    const { table } = lake.ledger;
    allowRead(receive, lake.buckets.inbox);
    allowRemove(receive, lake.buckets.inbox);
    allowWrite(receive, lake.buckets.quarantine, 'unmatched/');
    allowRead(receive, lake.buckets.quarantine, 'releases/');
    allowItems(receive, table, ['GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem']);
    allow(receive, ['dynamodb:Query'], [`${table.tableArn}/index/by-dataset`]);
    allow(
      receive,
      ['states:StartExecution'],
      pipelines.map(({ stateMachine }) => stateMachine.stateMachineArn),
    );
    allow(receive, ['sns:Publish'], [alerts.failures.topicArn, alerts.successes.topicArn]);
    allowKey(receive, alerts.key);
  }
}
