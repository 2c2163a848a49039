import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { JsonPath, type RetryProps, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { type OnFailure, withFailurePath } from './failure-path';

export interface LambdaStepProps {
  /** The state's name. */
  readonly step: string;
  readonly function: Function;
  readonly onFailure: OnFailure;
  /** What the function gets. @default the run document */
  readonly payload?: Record<string, unknown>;
  /** Where in the document the function's answer goes. @default 'run document': the answer is the document from then on */
  readonly answer?: 'run document' | 'discarded' | `$.${string}`;
  /** An error that is tried again in a way of its own. @default none */
  readonly retryFirst?: RetryProps;
  /** Transient errors that the function has tried again by itself. @default none */
  readonly neverRetry?: readonly string[];
}

/** A Lambda function as a step. */
export class LambdaStep extends Construct {
  readonly state: LambdaInvoke;

  constructor(scope: Construct, props: LambdaStepProps) {
    super(scope, props.step);
    const { step, onFailure } = props;
    const state = lambdaState(this, props);
    // The first retrier that names an error is the one that counts.
    if (props.retryFirst) state.addRetry(props.retryFirst);
    if (props.neverRetry) state.addRetry({ errors: [...props.neverRetry], maxAttempts: 0 });
    this.state = withFailurePath(state, { step, onFailure });
  }
}

/** The bare state, for the one step that ends the failure path and so has none of its own. */
export function lambdaState(scope: Construct, props: Omit<LambdaStepProps, 'onFailure'>): LambdaInvoke {
  const { step, function: lambda, payload, answer = 'run document' } = props;
  return new LambdaInvoke(scope, 'Invoke', {
    stateName: step,
    lambdaFunction: lambda,
    payloadResponseOnly: true,
    // The failure path has retries of its own, with jitter.
    retryOnServiceExceptions: false,
    // Ends a call whose answer got lost; the function itself is stopped by its own limit before.
    taskTimeout: Timeout.duration((lambda.timeout ?? Duration.minutes(15)).plus(Duration.seconds(30))),
    ...(payload && { payload: TaskInput.fromObject(payload) }),
    ...(answer !== 'run document' && { resultPath: answer === 'discarded' ? JsonPath.DISCARD : answer }),
  });
}
