import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Choice, Condition, type IChainable, JsonPath, type StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { RefreshFailed } from '../../contracts/errors';
import type { Alerts } from './alerts';
import { FailureEnd } from './failure-end';
import { LambdaStep } from './lambda-step';
import { RefreshLambdas, type RefreshLambdasProps } from './refresh-lambdas';
import { watchedStateMachine } from './watched-state-machine';

export interface RefreshWarehouseProps extends RefreshLambdasProps {
  readonly alerts: Alerts;
  readonly report: Function;
}

/**
 * Builds the star schema from staging, on the stage's schedule and on demand. The work is one transaction of the warehouse;
 * the machine begins it, looks at it until its end, and tells people if it fails.
 */
export class RefreshWarehouse extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: RefreshWarehouseProps) {
    super(scope, id);
    const { stage, alerts } = props;
    this.stateMachine = watchedStateMachine(this, {
      stage,
      alerts,
      name: `assay-${stage.name}-refresh-warehouse`,
      start: this.define(props),
      // As long as the Data API lets a statement run.
      timeout: Duration.hours(24),
      failed: {
        meaning: 'A refresh of the star schema failed; the failures topic says where and why.',
        heading: 'Refresh failed',
      },
      timedOut: { meaning: 'A refresh was given up after a day, and nobody was told why.', heading: 'Refresh failed' },
    });
    if (stage.refresh === undefined) return;
    new Rule(this, 'Schedule', {
      ruleName: `assay-${stage.name}-refresh-warehouse`,
      description: 'builds the star schema from what was loaded',
      schedule: stage.refresh,
      targets: [new SfnStateMachine(this.stateMachine)],
    });
  }

  private define(props: RefreshWarehouseProps): IChainable {
    const lambdas = new RefreshLambdas(this, 'Lambdas', props);
    const onFailure = new FailureEnd(this, {
      step: 'ReportRefreshFailure',
      report: props.report,
      payload: { built: 'warehouse' },
      error: RefreshFailed.name,
    }).start;
    const refresh = new LambdaStep(this, {
      step: 'RefreshModels',
      function: lambdas.refreshModels,
      onFailure,
      payload: {
        refreshId: JsonPath.stringAt('$$.Execution.Name'),
        attempt: JsonPath.stateRetryCount,
        state: JsonPath.entirePayload,
      },
    }).state;
    const analyze = new LambdaStep(this, {
      step: 'AnalyzeTables',
      function: lambdas.analyzeTables,
      onFailure,
      answer: 'discarded',
    }).state;
    const isDone = new Choice(this, 'IsDone', { stateName: 'Is the refresh done' })
      .when(Condition.booleanEquals('$.isDone', false), refresh)
      .otherwise(analyze.next(new Succeed(this, 'Refreshed')));
    return refresh.next(isDone);
  }
}
