import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import {
  Chain,
  Choice,
  Condition,
  type IChainable,
  type INextable,
  JsonPath,
  type State,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { changesFolder } from '../../contracts/changes-folder';
import type { Contract } from '../../contracts/contract';
import { ETLJobFailed } from '../../contracts/errors';
import { hasSilver, isWarehouse } from '../../contracts/targets';
import type { Stage } from '../stages';
import { DbtSteps, type DbtStepsProps } from './dbt-steps';
import { FailureEnd } from './failure-end';
import type { FileLambdas } from './file-lambdas';
import { GlueStep, type GlueStepProps } from './glue-step';
import { JobDocument } from './job-document';
import { LambdaStep, type LambdaStepProps } from './lambda-step';
import { LoadTargets } from './load-targets';
import type { RdsLambdas } from './rds-lambdas';
import type { RedshiftLambdas } from './redshift-lambdas';
import type { ReportLambdas } from './report-lambdas';
import { runArguments } from './run-arguments';
import type { SnowflakeLambdas } from './snowflake-lambdas';
import type { SparkJob } from './spark-job';
import type { SparkJobs } from './spark-jobs';

/** What the steps of all datasets run on. */
export interface Workers {
  readonly files: FileLambdas;
  readonly jobs: SparkJobs;
  readonly rds: RdsLambdas;
  readonly redshift: RedshiftLambdas;
  readonly snowflake: SnowflakeLambdas;
  readonly dbt: Omit<DbtStepsProps, 'since' | 'command'>;
  readonly reports: ReportLambdas;
}

export interface DatasetDefinitionProps {
  readonly stage: Stage;
  readonly contract: Contract;
  readonly workers: Workers;
}

/** In a branch a step cannot reach the failure path: it ends the branch with `$.failure`. */
const endOfBranch = { onFailure: 'end of branch' } as const;

/** What a function is told of the contract or the execution, beside the run document. */
const withRun = (more: Record<string, unknown>) => ({ run: JsonPath.entirePayload, ...more });

/** The states of a dataset's machine, from its contract. What travels through them is the run document. */
export class DatasetDefinition extends Construct {
  readonly start: IChainable;
  private readonly props: DatasetDefinitionProps;
  private readonly failurePath: State;
  private jobDocument: Asset | undefined;

  constructor(scope: Construct, id: string, props: DatasetDefinitionProps) {
    super(scope, id);
    this.props = props;
    const { files, reports } = props.workers;
    const { columns, csv } = props.contract;
    this.failurePath = new FailureEnd(this, {
      step: 'ReportFailure',
      report: reports.reportFailure,
      payload: withRun({}),
      error: ETLJobFailed.name,
    }).start;
    const toBronze = Chain.start(
      this.lambda('ValidateFile', files.validateFile, { payload: withRun({ agreed: { columns, csv } }) }),
    ).next(this.lambda('StoreBronze', files.storeBronze));
    const payload = withRun({ executionArn: JsonPath.executionId });
    const isRaw = !hasSilver(props.contract);
    const loaded = isRaw ? this.loadRaw(toBronze) : this.load(this.toGold(this.toSilver(toBronze)));
    const reported = this.archive(loaded).next(
      this.lambda('ReportSuccess', reports.reportSuccess, { payload, answer: 'discarded' }),
    );
    if (isRaw) reported.next(this.model());
    this.start = toBronze;
  }

  private toSilver(toBronze: Chain): Chain {
    const header = { '--header': JsonPath.jsonToString(JsonPath.objectAt('$.header')) };
    return toBronze.next(this.glue('BronzeToSilver', this.props.workers.jobs.bronzeToSilver, { arguments: header }));
  }

  /** The file as it is. */
  private loadRaw(toBronze: Chain): Chain {
    const { contract, workers } = this.props;
    const { columns, csv } = contract;
    const payload = withRun({ table: { columns, csv } });
    return toBronze.next(this.lambda('LoadSnowflake', workers.snowflake.loadSnowflake, { payload }));
  }

  /** What dbt makes of all that is loaded: after the file's own end, for no file is at fault where a model fails. */
  private model(): IChainable {
    return new DbtSteps(this, { ...this.props.workers.dbt, since: '$.snowflake.loadedAt' }).start;
  }

  /** Nothing to do for a dataset without models. */
  private toGold(toSilver: Chain): Chain {
    const { contract, workers } = this.props;
    return contract.models.length === 0 ? toSilver : toSilver.next(this.glue('SilverToGold', workers.jobs.silverToGold));
  }

  /** Nothing to load when the contract has no target but the lake. */
  private load(toGold: Chain): INextable {
    const { contract } = this.props;
    const { targets } = contract;
    if (targets.length === 0) return toGold;
    const load = new LoadTargets(this, 'Targets', {
      contract,
      loaders: { rds: () => this.loadRds(), redshift: () => this.loadRedshift(), snowflake: () => this.publishSnowflake() },
      mayHaveFailed: targets.some(isWarehouse) && !targets.every(isWarehouse),
      onFailure: this.failurePath,
    });
    this.toChanges(toGold, load.start).next(load.start);
    return load.end;
  }

  /** What the warehouses copy, once for all of them. Without it they are not loaded; another target is all the same. */
  private toChanges(toGold: Chain, load: State): Chain {
    const { contract, workers } = this.props;
    if (!contract.targets.some(isWarehouse)) return toGold;
    const onFailure = contract.targets.every(isWarehouse) ? this.failurePath : load;
    const step = { onFailure, arguments: { '--changes_folder': this.changes() } };
    return toGold.next(this.glue('SilverToChanges', workers.jobs.silverToChanges, step));
  }

  private loadRds(): IChainable {
    const { contract, workers } = this.props;
    const models = contract.models.map(({ name }) => name);
    return Chain.start(this.glue('GoldToRds', workers.jobs.goldToRds, endOfBranch)).next(
      this.lambda('UpsertRds', workers.rds.upsertRds, { ...endOfBranch, payload: withRun({ models }) }),
    );
  }

  private loadRedshift(): IChainable {
    const more = { changes: this.changes(), attempt: JsonPath.stateRetryCount };
    return this.loadChanges('LoadRedshift', this.props.workers.redshift.loadRedshift, more);
  }

  private publishSnowflake(): IChainable {
    return this.loadChanges('PublishSnowflake', this.props.workers.snowflake.publishSnowflake);
  }

  private loadChanges(step: string, loader: Function, more: Record<string, unknown> = {}): IChainable {
    const { columns, primaryKey, targets } = this.props.contract;
    const payload = withRun({ table: { columns, primaryKey }, ...more });
    const load = this.lambda(step, loader, { ...endOfBranch, payload });
    if (targets.every(isWarehouse)) return load;
    const nothing = new Succeed(this, `${step}Nothing`, { stateName: `Nothing for ${step}` });
    return new Choice(this, `${step}Changes`, { stateName: `Are there changes for ${step}` })
      .when(Condition.isPresent('$.failure'), nothing)
      .otherwise(load);
  }

  private changes(): string {
    return JsonPath.format(changesFolder(this.props.contract, '{}'), JsonPath.stringAt('$.runId'));
  }

  /** Nothing to do where the event of the last job archives the file. */
  private archive(loaded: INextable): INextable {
    const { contract, workers } = this.props;
    if (contract.archiving === 'event') return loaded;
    const payload = withRun({ prefix: contract.archivePrefix });
    return loaded.next(this.lambda('ArchiveFile', workers.files.archiveFile, { payload }));
  }

  private lambda(step: string, lambda: Function, more: Partial<LambdaStepProps> = {}): LambdaStep['state'] {
    return new LambdaStep(this, { step, function: lambda, onFailure: this.failurePath, ...more }).state;
  }

  private glue(step: string, { job }: SparkJob, more: Partial<GlueStepProps> = {}): GlueStep['state'] {
    const { contract, stage } = this.props;
    // What the jobs know of the dataset; of one that no job works on there is none.
    this.jobDocument ??= new JobDocument(this, 'JobDocument', { contract }).asset;
    return new GlueStep(this, {
      step,
      job,
      pollEvery: stage.pollEvery,
      onFailure: this.failurePath,
      ...more,
      arguments: { ...runArguments(this.jobDocument), ...more.arguments },
    }).state;
  }
}
