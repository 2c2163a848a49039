import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import { Alerts } from '../constructs/alerts';
import type { Workers } from '../constructs/dataset-definition';
import { DatasetPipeline } from '../constructs/dataset-pipeline';
import { FileLambdas } from '../constructs/file-lambdas';
import { JobDocument } from '../constructs/job-document';
import type { PostgresDatabase } from '../constructs/postgres-database';
import { RdsLambdas } from '../constructs/rds-lambdas';
import { RedshiftLambdas } from '../constructs/redshift-lambdas';
import { ReceiveFile } from '../constructs/receive-file';
import { RefreshWarehouse } from '../constructs/refresh-warehouse';
import { ReportLambdas } from '../constructs/report-lambdas';
import { SparkJobs } from '../constructs/spark-jobs';
import { SweepInbox } from '../constructs/sweep-inbox';
import type { Warehouse } from '../constructs/warehouse';
import type { Stage } from '../stages';
import type { LakeStack } from './lake-stack';

export interface PipelinesStackProps extends StackProps {
  readonly stage: Stage;
  readonly contracts: readonly Contract[];
  readonly lake: LakeStack;
  readonly database: PostgresDatabase;
  readonly warehouse: Warehouse;
}

/** What moves the data: the way in, one state machine per contract, and who is told. */
export class PipelinesStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelinesStackProps) {
    super(scope, id, props);
    const { stage, lake } = props;
    const alerts = new Alerts(this, 'Alerts', { stage });
    const workers = this.createWorkers(props, alerts);
    const pipelines = props.contracts.map((contract) => {
      const { asset: jobDocument } = new JobDocument(this, `${contract.dataset}-job-document`, { contract });
      return new DatasetPipeline(this, contract.dataset, { stage, contract, jobDocument, workers, alerts });
    });
    const { queue } = new ReceiveFile(this, 'Receive', { stage, lake, alerts, pipelines });
    new SweepInbox(this, 'Sweep', { stage, lake, alerts, queue, pipelines });
    const { stateMachine: refresh } = new RefreshWarehouse(this, 'Refresh', { stage, alerts, warehouse: props.warehouse });
    this.addOutputs({
      FailureTopicArn: alerts.failures.topicArn,
      SuccessTopicArn: alerts.successes.topicArn,
      AlarmTopicArn: alerts.alarms.topicArn,
      QueryRdsFunctionName: workers.rds.queryRds.functionName,
      RefreshWarehouseArn: refresh.stateMachineArn,
      ReceiveQueueUrl: queue.queue.queueUrl,
      ReceiveDeadLetterQueueUrl: queue.deadLetters.queueUrl,
    });
  }

  private createWorkers({ stage, lake, database, warehouse }: PipelinesStackProps, alerts: Alerts): Workers {
    return {
      files: new FileLambdas(this, 'Files', { stage, lake }),
      jobs: new SparkJobs(this, 'Jobs', { stage, lake, database }),
      rds: new RdsLambdas(this, 'Rds', { stage, database }),
      redshift: new RedshiftLambdas(this, 'Redshift', { stage, lake, warehouse }),
      reports: new ReportLambdas(this, 'Reports', { stage, lake, alerts }),
    };
  }

  private addOutputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
