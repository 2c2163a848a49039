import { Duration } from 'aws-cdk-lib';
import { type IChainable, JitterType, type RetryProps, type State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { TurnTaken } from '../../contracts/errors';
import { lambdaRetry } from './failure-path';
import { lambdaState, type LambdaStepProps } from './lambda-step';

/** What is done one at a time, by a turn in the ledger. Whoever has it gives it back within minutes, mostly. */
export const waitForTurn: RetryProps = {
  errors: [TurnTaken.name],
  interval: Duration.seconds(3),
  backoffRate: 1.3,
  maxAttempts: 200,
  maxDelay: Duration.seconds(30),
  jitterStrategy: JitterType.FULL,
};

/** After a failure the turn is given back, too: others may take it. What becomes of this is no news beside what failed. */
export function giveTurnBack(
  scope: Construct,
  props: Pick<LambdaStepProps, 'step' | 'function' | 'payload'>,
  onFailure: IChainable,
): State {
  const state = lambdaState(scope, { ...props, answer: 'discarded' });
  state.addRetry(lambdaRetry);
  state.addCatch(onFailure, { resultPath: '$.giveBack' });
  state.next(onFailure);
  return state;
}
