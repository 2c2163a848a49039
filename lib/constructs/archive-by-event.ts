import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { lastJobOf } from '../../contracts/archiving';
import type { Contract } from '../../contracts/contract';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allowItems, allowKey, allowRead, allowRemove, allowWrite } from './access';
import type { Alerts } from './alerts';
import { AssayFunction } from './assay-function';
import { DeadLetterQueue } from './dead-letter-queue';
import { messageQueue } from './message-queue';
import { jobName } from './spark-job';

export interface ArchiveByEventProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly alerts: Alerts;
  readonly contracts: readonly Contract[];
}

const timeout = Duration.minutes(5);
/** Little longer than a call may take; a message that waits for its load sets a pause of its own. */
const visibilityTimeout = Duration.minutes(6);
/** With pauses that grow to five minutes, an hour and a half: the sweep asks again for what takes longer. */
const maxReceiveCount = 24;

/** Datasets whose files leave the inbox when the event of their last job says so. */
export function archivedByEvent(contracts: readonly Contract[]): Contract[] {
  return contracts.filter(({ archiving }) => archiving === 'event');
}

/** The jobs topic → queue → archive-transactions, which moves loaded files into a bucket of their own. */
export class ArchiveByEvent extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: ArchiveByEventProps) {
    super(scope, id);
    const { stage, alerts, contracts } = props;
    const { queue: deadLetters } = new DeadLetterQueue(this, 'DeadLetters', {
      stage,
      alerts,
      name: 'archive',
      meaning: 'Files were loaded, but could not be archived; they are still in the inbox.',
      heading: 'Archives in the dead-letter queue',
    });
    this.queue = messageQueue(this, 'Queue', {
      queueName: `assay-${stage.name}-archive`,
      visibilityTimeout,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
    });
    const allowlist = archivedByEvent(contracts).map(({ dataset }) => dataset);
    alerts.jobs.addSubscription(
      new SqsSubscription(this.queue, {
        filterPolicy: { dataset: SubscriptionFilter.stringFilter({ allowlist }) },
        deadLetterQueue: deadLetters,
      }),
    );
    const archive = this.createFunction(props);
    archive.addEventSource(new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }));
    this.grant(archive, props);
  }

  private createFunction({ stage, lake, contracts }: ArchiveByEventProps): Function {
    const datasets = archivedByEvent(contracts).map((contract) => [
      contract.dataset,
      { prefix: contract.archivePrefix, lastJob: jobName(stage, lastJobOf(contract)) },
    ]);
    return new AssayFunction(this, 'ArchiveTransactions', {
      stage,
      step: 'archive-transactions',
      description: 'from the inbox into an archive of its own, once the last job of the run says that it is done',
      memorySize: 512,
      timeout,
      environment: {
        ARCHIVE_BUCKET: lake.transactionsArchive.bucketName,
        BRONZE_BUCKET: lake.buckets.bronze.bucketName,
        LEDGER_TABLE: lake.ledger.table.tableName,
        QUEUE_URL: this.queue.queueUrl,
        DATASETS: JSON.stringify(Object.fromEntries(datasets)),
      },
    }).function;
  }

  private grant(archive: Function, { lake }: ArchiveByEventProps): void {
    const { inbox, bronze, quarantine } = lake.buckets;
    allowRead(archive, inbox);
    allowRemove(archive, inbox);
    // Of a release the rows come from there.
    allowRead(archive, quarantine, 'releases/');
    allowRemove(archive, quarantine, 'releases/');
    allowRead(archive, bronze);
    allowWrite(archive, lake.transactionsArchive);
    allowItems(archive, lake.ledger.table, ['GetItem', 'UpdateItem']);
    allowKey(archive, lake.key);
  }
}
