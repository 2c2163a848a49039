import { Duration } from 'aws-cdk-lib';
import type { IJob } from 'aws-cdk-lib/aws-glue';
import {
  Choice,
  Condition,
  Fail,
  type IChainable,
  JitterType,
  JsonPath,
  Parallel,
  type RetryProps,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { GlueJobFailed, GlueJobInterrupted } from '../../contracts/errors';
import { type OnFailure, withFailurePath } from './failure-path';

export interface GlueStepProps {
  /** The state's name. */
  readonly step: string;
  readonly job: IJob;
  /** Arguments of the run; values may be JSONPath. */
  readonly arguments: Record<string, string>;
  /** Between two looks at the run. */
  readonly pollEvery: Duration;
  readonly onFailure: OnFailure;
}

/** A new run may well succeed; two more, because each costs minutes. */
const retryRun: RetryProps = {
  errors: [GlueJobInterrupted.name],
  interval: Duration.seconds(10),
  backoffRate: 3,
  maxAttempts: 2,
  maxDelay: Duration.minutes(2),
  jitterStrategy: JitterType.FULL,
};

/** Glue is busy, or cannot be reached: worth a longer wait, since nothing has run yet. */
const retryCall: RetryProps = {
  errors: [
    'Glue.ConcurrentRunsExceededException',
    'Glue.ResourceNumberLimitExceededException',
    'Glue.InternalServiceException',
    'Glue.OperationTimeoutException',
    'Glue.ThrottlingException',
    'Glue.GlueException',
    'Glue.SdkClientException',
  ],
  interval: Duration.seconds(5),
  backoffRate: 2,
  maxAttempts: 10,
  maxDelay: Duration.minutes(2),
  jitterStrategy: JitterType.FULL,
};

/**
 * One run of a Glue job as a step: start it, look every few seconds, end with its error message.
 * `startJobRun.sync` would look once a minute for ten minutes and then every five, so a chain of three short jobs would
 * mostly wait. The Parallel of one branch is what makes the whole loop retryable and its error catchable.
 */
export class GlueStep extends Construct {
  readonly state: Parallel;
  private readonly props: GlueStepProps;

  constructor(scope: Construct, props: GlueStepProps) {
    super(scope, props.step);
    this.props = props;
    const { step } = props;
    const loop = new Parallel(this, 'Run', { stateName: step, resultPath: JsonPath.DISCARD });
    loop.branch(this.startRun().next(this.lookUntilEnd()));
    this.state = withFailurePath(loop, { step, retry: retryRun, onFailure: props.onFailure });
  }

  private startRun(): CallAwsService {
    const { job, step } = this.props;
    const start = new CallAwsService(this, 'Start', {
      stateName: `Start ${step}`,
      service: 'glue',
      action: 'startJobRun',
      parameters: { JobName: job.jobName, Arguments: this.props.arguments },
      iamResources: [job.jobArn],
      resultPath: '$.started',
    });
    start.addRetry(retryCall);
    return start;
  }

  private lookUntilEnd(): IChainable {
    const { job, step, pollEvery } = this.props;
    const wait = new Wait(this, 'Wait', { stateName: `Wait for ${step}`, time: WaitTime.duration(pollEvery) });
    const look = new CallAwsService(this, 'Look', {
      stateName: `Look at ${step}`,
      service: 'glue',
      action: 'getJobRun',
      parameters: { JobName: job.jobName, RunId: JsonPath.stringAt('$.started.JobRunId') },
      iamResources: [job.jobArn],
      resultPath: '$.look',
    });
    look.addRetry(retryCall);
    return wait.next(look).next(this.judge(wait));
  }

  private judge(wait: Wait): Choice {
    const { step } = this.props;
    const state = '$.look.JobRun.JobRunState';
    const message = '$.look.JobRun.ErrorMessage';
    const isGoing = ['STARTING', 'RUNNING', 'WAITING', 'STOPPING'].map((name) => Condition.stringEquals(state, name));
    // The script's own word that this file will never pass. Whatever else ends a run may not happen again.
    const terminal = Condition.and(Condition.isPresent(message), Condition.stringMatches(message, '*[Terminal]*'));
    const end = (id: string, name: string, error: string, causePath: string): Fail =>
      new Fail(this, id, { stateName: `${step} ${name}`, error, causePath });
    const unexplained = JsonPath.format('the Glue run ended as {}', JsonPath.stringAt(state));
    return new Choice(this, 'Judge', { stateName: `How is ${step}` })
      .when(Condition.stringEquals(state, 'SUCCEEDED'), new Succeed(this, 'Succeeded', { stateName: `${step} succeeded` }))
      .when(Condition.or(...isGoing), wait)
      .when(terminal, end('Failed', 'failed', GlueJobFailed.name, message))
      .when(Condition.isPresent(message), end('Interrupted', 'interrupted', GlueJobInterrupted.name, message))
      .otherwise(end('Vanished', 'vanished', GlueJobInterrupted.name, unexplained));
  }
}
