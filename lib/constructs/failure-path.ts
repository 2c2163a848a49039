import { Duration } from 'aws-cdk-lib';
import {
  Errors,
  type IChainable,
  JitterType,
  type Parallel,
  Pass,
  Result,
  type RetryProps,
  type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions';
import { TRANSIENT_ERROR_NAMES } from '../../contracts/errors';

/** What Lambda itself reports when a function could not be run, was cut off, or died: nothing that the input did. */
const LAMBDA_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
];

/** The state that follows a failure, with `$.failure` = {Error, Cause, step}; or the branch ends with that. */
export type OnFailure = IChainable | 'end of branch';

export interface FailurePathProps {
  /** The step's name, which the failure message gives. */
  readonly step: string;
  readonly onFailure: OnFailure;
  /** @default the transient errors of a Lambda step, tried again for some minutes */
  readonly retry?: RetryProps;
}

export const lambdaRetry: RetryProps = {
  errors: [...TRANSIENT_ERROR_NAMES, ...LAMBDA_ERRORS, Errors.TIMEOUT],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 6,
  maxDelay: Duration.minutes(1),
  jitterStrategy: JitterType.FULL,
};

/**
 * Gives a step its two ways out of an error: transient ones are tried again, with growing pauses of random length;
 * whatever is left goes to the failure path and says which step it comes from.
 */
export function withFailurePath<State extends TaskStateBase | Parallel>(state: State, props: FailurePathProps): State {
  const failed = new Pass(state, 'Failed', {
    stateName: `${props.step}Failed`,
    result: Result.fromString(props.step),
    resultPath: '$.failure.step',
  });
  if (props.onFailure !== 'end of branch') failed.next(props.onFailure);
  state.addRetry(props.retry ?? lambdaRetry);
  // States.ALL leaves this one out: a result of more than 256 KB.
  state.addCatch(failed, { errors: ['States.DataLimitExceeded'], resultPath: '$.failure' });
  state.addCatch(failed, { errors: [Errors.ALL], resultPath: '$.failure' });
  return state;
}
