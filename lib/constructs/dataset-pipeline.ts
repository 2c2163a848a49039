import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import type { Stage } from '../stages';
import type { Alerts } from './alerts';
import { DatasetDefinition, type DatasetDefinitionProps } from './dataset-definition';
import { RunbookAlarm } from './runbook-alarm';

export interface DatasetPipelineProps extends DatasetDefinitionProps {
  readonly alerts: Alerts;
}

/** The state machine of a dataset, its log and its alarms. */
export class DatasetPipeline extends Construct {
  readonly contract: Contract;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: DatasetPipelineProps) {
    super(scope, id);
    this.contract = props.contract;
    const name = `assay-${props.stage.name}-${props.contract.dataset}`;
    const { start } = new DatasetDefinition(this, 'Definition', props);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      definitionBody: DefinitionBody.fromChainable(start),
      // Far above three tries of three jobs; what reaches it ends without a report, so an alarm watches it.
      timeout: Duration.hours(12),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        destination: this.logGroup(props.stage, name),
        // Causes may quote cells of a file; the execution's history shows them to those who may read it.
        includeExecutionData: false,
      },
    });
    this.addAlarms(props, name);
  }

  /** The prefix keeps the resource policy that log delivery writes from outgrowing its limit. */
  private logGroup(stage: Stage, name: string): LogGroup {
    return new LogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private addAlarms({ stage, alerts }: DatasetPipelineProps, name: string): void {
    const period = stage.alarmPeriod;
    new RunbookAlarm(this, 'FailedAlarm', {
      alarmName: `${name}-failed`,
      meaning: 'A file was not loaded; it is still in the inbox, and the failures topic says why.',
      heading: 'Executions failed',
      metric: this.stateMachine.metricFailed({ period }),
      topic: alerts.alarms,
    });
    new RunbookAlarm(this, 'TimedOutAlarm', {
      alarmName: `${name}-timed-out`,
      meaning: 'An execution was stopped after twelve hours, and nobody was told which file it was about.',
      heading: 'Executions timed out',
      metric: this.stateMachine.metricTimedOut({ period }),
      topic: alerts.alarms,
    });
  }
}
