import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, type ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allowItems, allowKey, allowWrite } from './access';
import type { Alerts } from './alerts';
import { AssayFunction } from './assay-function';
import { DeadLetterQueue } from './dead-letter-queue';

export interface GenerateTransactionsProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly alerts: Alerts;
}

/** Puts a day's transactions into the inbox: every day the day before's, on the stage's schedule, and any day on demand. */
export class GenerateTransactions extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: GenerateTransactionsProps) {
    super(scope, id);
    const { stage, alerts } = props;
    this.function = this.createFunction(props);
    const { queue } = new DeadLetterQueue(this, 'DeadLetters', {
      stage,
      alerts,
      name: 'generate',
      meaning: 'The transactions of a day were not generated, so nothing of that day is loaded.',
      heading: 'Transactions not generated',
      of: this.function,
    });
    const { daily } = stage.transactions;
    if (daily !== undefined) this.schedule(stage, daily, queue);
  }

  private createFunction({ stage, lake }: GenerateTransactionsProps): Function {
    const { function: generate } = new AssayFunction(this, 'GenerateTransactions', {
      stage,
      step: 'generate-transactions',
      description: "a day's transactions as CSV into the inbox, the same bytes each time",
      memorySize: 512,
      timeout: Duration.minutes(2),
      environment: { INBOX_BUCKET: lake.buckets.inbox.bucketName, LEDGER_TABLE: lake.ledger.table.tableName },
    });
    allowWrite(generate, lake.buckets.inbox, 'transactions/');
    allowItems(generate, lake.ledger.table, ['GetItem']);
    allowKey(generate, lake.key);
    return generate;
  }

  private schedule(stage: Stage, schedule: ScheduleExpression, deadLetterQueue: IQueue): void {
    new Schedule(this, 'Schedule', {
      scheduleName: `assay-${stage.name}-generate-transactions`,
      description: 'generates the transactions of the day before',
      schedule,
      target: new LambdaInvoke(this.function, {
        input: ScheduleTargetInput.fromObject({ scheduledAt: ContextAttribute.scheduledTime }),
        deadLetterQueue,
        retryAttempts: 10,
        maxEventAge: Duration.hours(6),
      }),
    });
  }
}
