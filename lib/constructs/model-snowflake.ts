import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Choice, Condition, type IChainable, JsonPath, Pass, type StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import type { Alerts } from './alerts';
import { DbtSteps, type DbtStepsProps } from './dbt-steps';
import { watchedStateMachine } from './watched-state-machine';

export interface ModelSnowflakeProps {
  readonly stage: Stage;
  readonly alerts: Alerts;
  readonly dbt: Omit<DbtStepsProps, 'since' | 'command'>;
}

/** Runs dbt on a schedule and on demand: what no load brings, as a day that ends or a store that came late. */
export class ModelSnowflake extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ModelSnowflakeProps) {
    super(scope, id);
    const { stage, alerts } = props;
    this.stateMachine = watchedStateMachine(this, {
      stage,
      alerts,
      name: `assay-${stage.name}-model-snowflake`,
      start: this.define(props),
      timeout: Duration.hours(6),
      failed: { meaning: "dbt's run on its own failed; the failures topic says where and why.", heading: 'dbt failed' },
      timedOut: { meaning: 'A run of dbt was given up after six hours, and nobody was told why.', heading: 'dbt failed' },
    });
    const daily = stage.snowflake.kind === 'account' ? stage.snowflake.daily : undefined;
    if (daily === undefined) return;
    new Schedule(this, 'Schedule', {
      scheduleName: `assay-${stage.name}-model-snowflake`,
      description: 'runs dbt over what was loaded',
      schedule: daily,
      target: new StepFunctionsStartExecution(this.stateMachine, {}),
    });
  }

  /** An operator says what dbt is told, and up to when others may have done it; nobody else says anything. */
  private define({ dbt }: ModelSnowflakeProps): IChainable {
    const steps = new DbtSteps(this, { ...dbt, since: '$.since', command: '$.command' });
    steps.end.next(new Succeed(this, 'Done', { stateName: 'Snowflake is modelled' }));
    const usual = new Pass(this, 'Usual', {
      stateName: 'Build what is new',
      parameters: { command: ['build'], since: JsonPath.stringAt('$$.Execution.StartTime') },
    });
    return new Choice(this, 'IsTold', { stateName: 'Is it told what to build' })
      .when(Condition.isPresent('$.command'), steps.start)
      .otherwise(usual.next(steps.start));
  }
}
