import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import { extractSources } from '../../contracts/extract-source';
import { Alerts } from '../constructs/alerts';
import { ArchiveByEvent } from '../constructs/archive-by-event';
import type { Workers } from '../constructs/dataset-definition';
import { DatasetPipeline } from '../constructs/dataset-pipeline';
import { DbtTask } from '../constructs/dbt-task';
import { ExtractConcessions } from '../constructs/extract-concessions';
import { FileLambdas } from '../constructs/file-lambdas';
import { GenerateTransactions } from '../constructs/generate-transactions';
import { ModelSnowflake } from '../constructs/model-snowflake';
import type { PostgresDatabase } from '../constructs/postgres-database';
import { RdsLambdas } from '../constructs/rds-lambdas';
import { RedshiftLambdas } from '../constructs/redshift-lambdas';
import { ReceiveFile } from '../constructs/receive-file';
import { RefreshWarehouse } from '../constructs/refresh-warehouse';
import { ReportJob } from '../constructs/report-job';
import { ReportLambdas } from '../constructs/report-lambdas';
import { ReportRefreshFailure } from '../constructs/report-refresh-failure';
import type { Snowflake } from '../constructs/snowflake';
import { snowflakeAddress } from '../constructs/snowflake-address';
import { SnowflakeLambdas } from '../constructs/snowflake-lambdas';
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
  readonly snowflake: Pick<Snowflake, 'secrets' | 'network'>;
}

/** What moves the data: the way in, one state machine per contract, and who is told. */
export class PipelinesStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelinesStackProps) {
    super(scope, id, props);
    const { stage, lake } = props;
    const alerts = new Alerts(this, 'Alerts', { stage });
    const workers = this.createWorkers(props, alerts);
    const pipelines = props.contracts.map((contract) => {
      return new DatasetPipeline(this, contract.dataset, { stage, contract, workers, alerts });
    });
    const { queue } = new ReceiveFile(this, 'Receive', { stage, lake, alerts, pipelines });
    new ReportJob(this, 'ReportJob', { stage, lake, alerts, jobs: workers.jobs.all });
    const { queue: archiveQueue } = new ArchiveByEvent(this, 'Archive', { stage, lake, alerts, contracts: props.contracts });
    new SweepInbox(this, 'Sweep', { stage, lake, alerts, queue, archiveQueue, pipelines });
    const { function: generate } = new GenerateTransactions(this, 'Generate', { stage, lake, alerts });
    const { warehouse } = props;
    const { report } = workers.dbt;
    const { stateMachine: refresh } = new RefreshWarehouse(this, 'Refresh', { stage, alerts, warehouse, report });
    const extract = this.createExtract(props, alerts, workers);
    const { stateMachine: model } = new ModelSnowflake(this, 'Model', { stage, alerts, dbt: workers.dbt });
    this.addOutputs({
      FailureTopicArn: alerts.failures.topicArn,
      SuccessTopicArn: alerts.successes.topicArn,
      AlarmTopicArn: alerts.alarms.topicArn,
      JobTopicArn: alerts.jobs.topicArn,
      GenerateTransactionsFunctionName: generate.functionName,
      QueryRdsFunctionName: workers.rds.queryRds.functionName,
      QuerySnowflakeFunctionName: workers.snowflake.querySnowflake.functionName,
      RefreshWarehouseArn: refresh.stateMachineArn,
      ModelSnowflakeArn: model.stateMachineArn,
      ...extract,
      ReceiveQueueUrl: queue.queue.queueUrl,
      ReceiveDeadLetterQueueUrl: queue.deadLetters.queueUrl,
    });
  }

  /** Nothing where no contract is made of concessions. */
  private createExtract({ stage, lake, contracts }: PipelinesStackProps, alerts: Alerts, workers: Workers) {
    const source = extractSources(contracts).find((each) => each.source === 'concessions');
    if (source === undefined) return {};
    const { flattenExtract } = workers.jobs;
    const { report } = workers.dbt;
    const props = { stage, lake, source, alerts, flattenExtract, report };
    return { ExtractConcessionsArn: new ExtractConcessions(this, 'Concessions', props).stateMachine.stateMachineArn };
  }

  private createWorkers(props: PipelinesStackProps, alerts: Alerts): Workers {
    const { stage, lake, database, warehouse } = props;
    const snowflake = { ...props.snowflake, ...snowflakeAddress(this) };
    const lambdas = new SnowflakeLambdas(this, 'Snowflake', { stage, lake, snowflake });
    const task = new DbtTask(this, 'Dbt', { stage, snowflake });
    const reports = new ReportLambdas(this, 'Reports', { stage, lake, alerts });
    const { function: report } = new ReportRefreshFailure(this, 'ReportRefreshFailure', { stage, alerts, dbtLog: task.log });
    return {
      files: new FileLambdas(this, 'Files', { stage, lake }),
      jobs: new SparkJobs(this, 'Jobs', { stage, lake, database }),
      rds: new RdsLambdas(this, 'Rds', { stage, database }),
      redshift: new RedshiftLambdas(this, 'Redshift', { stage, lake, warehouse }),
      snowflake: lambdas,
      dbt: { lambdas, task, network: snowflake.network, report },
      reports,
    };
  }

  private addOutputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
