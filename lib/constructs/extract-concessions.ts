import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Schedule, type ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import {
  Choice,
  Condition,
  type IChainable,
  JsonPath,
  type State,
  type StateMachine,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ExtractFailed, SourceChanging, SourceUnavailable } from '../../contracts/errors';
import type { ExtractSource } from '../../contracts/extract-source';
import { allow } from './access';
import type { Alerts } from './alerts';
import { ExtractLambdas, type ExtractLambdasProps } from './extract-lambdas';
import { FailureEnd } from './failure-end';
import { FlattenDocument } from './flatten-document';
import { GlueStep } from './glue-step';
import { LambdaStep } from './lambda-step';
import type { SparkJob } from './spark-job';
import { giveTurnBack, waitForTurn } from './turn';
import { watchedStateMachine } from './watched-state-machine';

export interface ExtractConcessionsProps extends ExtractLambdasProps {
  readonly source: ExtractSource;
  readonly alerts: Alerts;
  readonly flattenExtract: SparkJob;
  /** The function that tells people when it failed. */
  readonly report: Function;
}

/**
 * Fetches concessions on the stage's schedule and on demand, and puts them into the inbox as files of the datasets that are made
 * of them. What was fetched counts once all of it is there; the next extract begins where the last one ended that came this far.
 */
export class ExtractConcessions extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ExtractConcessionsProps) {
    super(scope, id);
    const { stage, alerts } = props;
    const name = `assay-${stage.name}-extract-concessions`;
    this.stateMachine = watchedStateMachine(this, {
      stage,
      alerts,
      name,
      start: this.define(props),
      timeout: Duration.hours(12),
      failed: { meaning: 'Concessions were not fetched; the failures topic says where and why.', heading: 'Extract failed' },
      timedOut: { meaning: 'An extract was given up after twelve hours, and nobody was told why.', heading: 'Extract failed' },
    });
    if (stage.concessions.daily !== undefined) this.addSchedule(stage.concessions.daily, name);
  }

  private addSchedule(schedule: ScheduleExpression, scheduleName: string): void {
    new Schedule(this, 'Schedule', {
      scheduleName,
      schedule,
      description: 'fetches the concessions that were changed',
      target: new StepFunctionsStartExecution(this.stateMachine, { input: ScheduleTargetInput.fromObject({}) }),
    });
  }

  private define(props: ExtractConcessionsProps): IChainable {
    const lambdas = new ExtractLambdas(this, 'Lambdas', props);
    const { source, report } = props;
    const failureEnd = new FailureEnd(this, {
      step: 'ReportExtractFailure',
      report,
      payload: { built: source.source },
      error: ExtractFailed.name,
    }).start;
    const onFailure = this.giveBack(lambdas.endExtract, source, failureEnd);
    const end = this.end(lambdas.endExtract, source, onFailure);
    const flatten = this.flatten(props, onFailure);
    flatten.next(end);
    const extract = this.extract(lambdas.extractConcessions, source, onFailure);
    const wait = new Wait(this, 'Wait', {
      stateName: 'Let the source be',
      time: WaitTime.secondsPath('$.waitSeconds'),
    });
    const isThere = new Choice(this, 'IsThere', { stateName: 'Is all there' })
      .when(Condition.booleanEquals('$.isComplete', false), wait.next(extract))
      .when(Condition.numberEquals('$.records', 0), end)
      .otherwise(flatten);
    return extract.next(isThere);
  }

  private extract(lambda: Function, source: ExtractSource, onFailure: IChainable): LambdaStep['state'] {
    const { source: name, key, changedAt, paths } = source;
    return new LambdaStep(this, {
      step: 'ExtractConcessions',
      function: lambda,
      onFailure,
      payload: {
        executionName: JsonPath.stringAt('$$.Execution.Name'),
        startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
        state: JsonPath.entirePayload,
        records: { source: name, key, changedAt, paths },
      },
      retryFirst: waitForTurn,
      // It has tried again by itself, as long as its budget lasted.
      neverRetry: [SourceUnavailable.name, SourceChanging.name],
    }).state;
  }

  private flatten({ stage, lake, source, flattenExtract }: ExtractConcessionsProps, onFailure: IChainable): GlueStep['state'] {
    const { asset } = new FlattenDocument(this, 'FlattenDocument', { source });
    const { inbox } = lake.buckets;
    const files = source.contracts.map(({ dataset }) => inbox.arnForObjects(`${dataset}_*`));
    allow(flattenExtract.role, ['s3:GetObject', 's3:PutObject'], files);
    // Without it a file that is not there looks like a forbidden one.
    allow(flattenExtract.role, ['s3:ListBucket'], [inbox.bucketArn]);
    return new GlueStep(this, {
      step: 'FlattenExtract',
      job: flattenExtract.job,
      pollEvery: stage.pollEvery,
      onFailure,
      arguments: {
        '--source': source.source,
        '--manifest_path': JsonPath.stringAt('$.manifest'),
        '--flatten_document': asset.s3ObjectUrl,
      },
    }).state;
  }

  private end(lambda: Function, { source }: ExtractSource, onFailure: IChainable): State {
    return new LambdaStep(this, {
      step: 'EndExtract',
      function: lambda,
      onFailure,
      payload: {
        isDone: true,
        source,
        executionName: JsonPath.stringAt('$$.Execution.Name'),
        state: JsonPath.entirePayload,
      },
    }).state;
  }

  private giveBack(lambda: Function, { source }: ExtractSource, onFailure: IChainable): State {
    const step = 'GiveTurnBack';
    const payload = { isDone: false, source, executionName: JsonPath.stringAt('$$.Execution.Name') };
    return giveTurnBack(new Construct(this, step), { step, function: lambda, payload }, onFailure);
  }
}
