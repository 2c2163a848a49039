import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib';
import {
  Choice,
  Condition,
  type IChainable,
  IntegrationPattern,
  type INextable,
  JitterType,
  JsonPath,
  Pass,
  type RetryProps,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { EcsFargateLaunchTarget, EcsRunTask } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { FargatePlatformVersion, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { RefreshFailed } from '../../contracts/errors';
import type { DbtTask } from './dbt-task';
import { FailureEnd } from './failure-end';
import { withFailurePath } from './failure-path';
import { LambdaStep } from './lambda-step';
import type { SnowflakeNetwork } from './snowflake';
import type { SnowflakeLambdas } from './snowflake-lambdas';
import { giveTurnBack, waitForTurn } from './turn';

export interface DbtStepsProps {
  readonly lambdas: SnowflakeLambdas;
  readonly task: DbtTask;
  readonly network: SnowflakeNetwork;
  /** JSONPath of the moment up to which dbt shall have seen what was loaded. */
  readonly since: string;
  /** JSONPath of what dbt is told. @default what its container says: build */
  readonly command?: string;
  /** The function that tells people when it failed. */
  readonly report: Function;
}

/** Below the 45 minutes for which the turn is held. */
const longestRun = Duration.minutes(40);

/** Fargate had no place, or ECS no breath: nothing has run yet. */
const retryTask: RetryProps = {
  errors: ['ECS.AmazonECSException', 'ECS.ServerException', 'ECS.ThrottlingException', 'AmazonECS.Unknown'],
  interval: Duration.seconds(10),
  backoffRate: 2,
  maxAttempts: 4,
  maxDelay: Duration.minutes(2),
  jitterStrategy: JitterType.FULL,
};

/** One run of dbt, which sees all that was loaded by then; none where another one has. */
export class DbtSteps extends Construct {
  readonly start: IChainable & INextable;
  readonly end: INextable;

  constructor(scope: Construct, props: DbtStepsProps) {
    super(scope, 'Dbt');
    const { lambdas, since, report } = props;
    const onFailure = new FailureEnd(this, {
      step: 'ReportDbtFailure',
      report,
      payload: { built: 'snowflake' },
      error: RefreshFailed.name,
    }).start;
    const executionArn = JsonPath.executionId;
    const begin = new LambdaStep(this, {
      step: 'BeginDbt',
      function: lambdas.beginDbt,
      onFailure,
      payload: { executionArn, since: JsonPath.stringAt(since) },
      answer: '$.dbt',
      retryFirst: waitForTurn,
    }).state;
    const end = new LambdaStep(this, {
      step: 'EndDbt',
      function: lambdas.endDbt,
      onFailure,
      payload: { executionArn, isDone: true },
      answer: 'discarded',
    }).state;
    const modelled = new Pass(this, 'Modelled', { stateName: 'Modelled' });
    const isTurn = new Choice(this, 'IsTurn', { stateName: 'Is dbt to run' })
      .when(Condition.booleanEquals('$.dbt.isTurn', true), this.runDbt(props, onFailure).next(end).next(modelled))
      .otherwise(modelled);
    begin.next(isTurn);
    this.start = begin;
    this.end = modelled;
  }

  private runDbt({ lambdas, task, network, command }: DbtStepsProps, onFailure: IChainable): EcsRunTask {
    const run = new EcsRunTask(this, 'RunDbt', {
      stateName: 'RunDbt',
      integrationPattern: IntegrationPattern.RUN_JOB,
      cluster: task.cluster as ICluster,
      taskDefinition: task.definition,
      launchTarget: new EcsFargateLaunchTarget({ platformVersion: FargatePlatformVersion.LATEST }),
      ...(command !== undefined && {
        containerOverrides: [{ containerDefinition: task.container, command: JsonPath.listAt(command) }],
      }),
      assignPublicIp: false,
      subnets: { subnets: [...network.subnets] },
      securityGroups: [network.clients],
      taskTimeout: Timeout.duration(longestRun),
      resultPath: JsonPath.DISCARD,
    });
    const payload = { executionArn: JsonPath.executionId, isDone: false };
    const giveBack = giveTurnBack(this, { step: 'GiveDbtBack', function: lambdas.endDbt, payload }, onFailure);
    return withFailurePath(run, { step: 'RunDbt', onFailure: giveBack, retry: retryTask });
  }
}
