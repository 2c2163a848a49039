import { Duration } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import type { Stage } from '../stages';
import type { Alerts } from './alerts';
import { DatasetDefinition, type DatasetDefinitionProps } from './dataset-definition';
import { watchedStateMachine } from './watched-state-machine';

export interface DatasetPipelineProps extends DatasetDefinitionProps {
  readonly alerts: Alerts;
}

/** Of a dataset's state machine; receive-file finds the machine by it. */
export function stateMachineName(stage: Stage, dataset: string): string {
  return `assay-${stage.name}-${dataset}`;
}

/** The state machine of a dataset, its log and its alarms. */
export class DatasetPipeline extends Construct {
  readonly contract: Contract;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: DatasetPipelineProps) {
    super(scope, id);
    const { stage, alerts, contract } = props;
    this.contract = contract;
    this.stateMachine = watchedStateMachine(this, {
      stage,
      alerts,
      name: stateMachineName(stage, contract.dataset),
      start: new DatasetDefinition(this, 'Definition', props).start,
      // Far above three tries of three jobs.
      timeout: Duration.hours(12),
      failed: {
        meaning: 'A file was not loaded; it is still in the inbox, and the failures topic says why.',
        heading: 'Executions failed',
      },
      timedOut: {
        meaning: 'An execution was stopped after twelve hours, and nobody was told which file it was about.',
        heading: 'Executions timed out',
      },
    });
  }
}
