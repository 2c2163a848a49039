import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, type IChainable, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Stage } from '../stages';
import type { Alerts } from './alerts';
import { RunbookAlarm, type RunbookHeading } from './runbook-alarm';

export interface WatchedStateMachineProps {
  readonly stage: Stage;
  readonly alerts: Alerts;
  readonly name: string;
  readonly start: IChainable;
  /** What reaches it ends without a report, so an alarm watches it. */
  readonly timeout: Duration;
  /** What the alarms mean, for someone who was asleep, and where the runbook says what to do. */
  readonly failed: { readonly meaning: string; readonly heading: RunbookHeading };
  readonly timedOut: { readonly meaning: string; readonly heading: RunbookHeading };
}

/** A state machine with its log and its alarms, as children of the scope. */
export function watchedStateMachine(scope: Construct, props: WatchedStateMachineProps): StateMachine {
  const { stage, name } = props;
  const stateMachine = new StateMachine(scope, 'StateMachine', {
    stateMachineName: name,
    definitionBody: DefinitionBody.fromChainable(props.start),
    timeout: props.timeout,
    tracingEnabled: true,
    logs: {
      level: LogLevel.ALL,
      // The prefix keeps the resource policy that log delivery writes from outgrowing its limit.
      destination: new LogGroup(scope, 'Logs', {
        logGroupName: `/aws/vendedlogs/states/${name}`,
        retention: stage.logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      // Causes may quote cells of a file; the execution's history shows them to those who may read it.
      includeExecutionData: false,
    },
  });
  const period = stage.alarmPeriod;
  const topic = props.alerts.alarms;
  new RunbookAlarm(scope, 'FailedAlarm', {
    ...props.failed,
    alarmName: `${name}-failed`,
    metric: stateMachine.metricFailed({ period }),
    topic,
  });
  new RunbookAlarm(scope, 'TimedOutAlarm', {
    ...props.timedOut,
    alarmName: `${name}-timed-out`,
    metric: stateMachine.metricTimedOut({ period }),
    topic,
  });
  return stateMachine;
}
