import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Fail, JsonPath, type State } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { lambdaRetry } from './failure-path';
import { lambdaState } from './lambda-step';

export interface FailureEndProps {
  /** The function that tells people; its state has the same name. */
  readonly step: string;
  readonly report: Function;
  /** Beside the step that failed, its error and the execution. @default nothing */
  readonly payload?: Record<string, unknown>;
  /** The error that the execution ends with. */
  readonly error: string;
}

/** Where all failures of a state machine end, with `$.failure`: a report, then Fail; and when the report itself fails, Fail all the same: an alarm watches both. */
export class FailureEnd extends Construct {
  readonly start: State;

  constructor(scope: Construct, props: FailureEndProps) {
    super(scope, props.step);
    const { step, report, payload, error } = props;
    const state = lambdaState(this, {
      step,
      function: report,
      payload: {
        ...payload,
        step: JsonPath.stringAt('$.failure.step'),
        failure: { Error: JsonPath.stringAt('$.failure.Error'), Cause: JsonPath.stringAt('$.failure.Cause') },
        executionArn: JsonPath.executionId,
      },
      answer: 'discarded',
    });
    const failed = new Fail(scope, error, {
      error,
      // The cause itself may be 32 KB long, which is all that fits here.
      causePath: JsonPath.format('{}: {}', JsonPath.stringAt('$.failure.step'), JsonPath.stringAt('$.failure.Error')),
    });
    state.addRetry(lambdaRetry);
    state.addCatch(failed, { resultPath: '$.reportFailure' });
    this.start = state.next(failed).startState;
  }
}
