import { describe, expect, it } from 'vitest';
import { type Machine, machineOf, path, type State } from '../support/state-machine';

const machine = machineOf('assay-prod-purchases');

function everyState(inside: Machine = machine): [string, State, Machine][] {
  return Object.entries(inside.States).flatMap(([name, state]) => [
    [name, state, inside] as [string, State, Machine],
    ...(state.Branches ?? []).flatMap((branch) => everyState(branch)),
  ]);
}

const state = (name: string): State => everyState().find(([each]) => each === name)?.[1] ?? { Type: 'missing' };

const steps = [
  'ValidateFile',
  'StoreBronze',
  'BronzeToSilver',
  'SilverToGold',
  'GoldToRds',
  'UpsertRds',
  'ArchiveFile',
  'ReportSuccess',
];
const inBranch = ['GoldToRds', 'UpsertRds'];

describe('the state machine of purchases', () => {
  it('goes through the steps of the design', () => {
    const before = ['ValidateFile', 'StoreBronze', 'BronzeToSilver', 'SilverToGold', 'Load', 'Is every target loaded'];
    expect(path(machine)).toEqual([...before, 'rds loaded', 'ArchiveFile', 'ReportSuccess']);
    expect(state('Load').Branches?.map(path)).toEqual([['GoldToRds', 'UpsertRds']]);
  });

  it('has unique names over all branches, as Step Functions demands', () => {
    const names = everyState().map(([name]) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each(steps)('gives %s the failure path', (step) => {
    const failed = `${step}Failed`;
    expect(state(step).Catch).toEqual([
      { ErrorEquals: ['States.DataLimitExceeded'], Next: failed, ResultPath: '$.failure' },
      { ErrorEquals: ['States.ALL'], Next: failed, ResultPath: '$.failure' },
    ]);
    const onwards = inBranch.includes(step) ? { End: true } : { Next: 'ReportFailure' };
    expect(state(failed)).toEqual({ Type: 'Pass', Result: step, ResultPath: '$.failure.step', ...onwards });
  });

  it('has no task without a way out: in a Glue loop that is the loop itself', () => {
    const tasks = everyState().filter(([, { Type }]) => Type === 'Task');
    const caught = tasks.filter(([, { Catch }]) => Catch !== undefined).map(([name]) => name);
    const inLoops = tasks.map(([name]) => name).filter((name) => /^(Start|Look at) /.test(name));
    expect(tasks.map(([name]) => name).sort()).toEqual([...caught, ...inLoops].sort());
    for (const name of inLoops) expect(state(name.replace(/^(Start|Look at) /, '')).Catch, name).toBeDefined();
  });

  it('retries transient errors alone, with growing pauses of random length', () => {
    const retries = everyState().flatMap(([name, { Retry = [] }]) => Retry.map((retry) => ({ name, ...retry })));
    expect(retries).toHaveLength(15);
    for (const retry of retries) {
      expect(retry, retry.name).toMatchObject({
        JitterStrategy: 'FULL',
        MaxDelaySeconds: expect.any(Number) as number,
      });
      expect(retry.ErrorEquals, retry.name).not.toContain('States.ALL');
      expect(retry.ErrorEquals, retry.name).not.toContain('States.TaskFailed');
      expect(retry.ErrorEquals, retry.name).not.toContain('GlueJobFailed');
    }
    expect(state('UpsertRds').Retry?.[0]?.ErrorEquals).toContain('DatabaseUnavailable');
    expect(state('BronzeToSilver').Retry?.[0]?.ErrorEquals).toEqual(['GlueJobInterrupted']);
  });

  it('reports a failure and then fails, also when the report fails', () => {
    expect(state('ReportFailure')).toMatchObject({
      Next: 'ETLJobFailed',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'ETLJobFailed', ResultPath: '$.reportFailure' }],
      Parameters: {
        'step.$': '$.failure.step',
        failure: { 'Error.$': '$.failure.Error', 'Cause.$': '$.failure.Cause' },
        'run.$': '$',
        'executionArn.$': '$$.Execution.Id',
      },
    });
    expect(state('ETLJobFailed')).toEqual({
      Type: 'Fail',
      Error: 'ETLJobFailed',
      CausePath: "States.Format('{}: {}', $.failure.step, $.failure.Error)",
    });
  });

  it('lets a target that failed wait for the others, then goes the failure path', () => {
    expect(state('Load')).toMatchObject({ ResultPath: '$.loads' });
    expect(state('Load').Catch).toBeUndefined();
    expect(state('Is every target loaded')).toMatchObject({
      Choices: [{ Variable: '$.loads[0].failure', IsPresent: true, Next: 'rds failed' }],
      Default: 'rds loaded',
    });
    expect(state('rds failed')).toMatchObject({
      InputPath: '$.loads[0].failure',
      ResultPath: '$.failure',
      Next: 'ReportFailure',
    });
    expect(state('rds loaded')).toMatchObject({
      InputPath: '$.loads[0].rds',
      ResultPath: '$.rds',
      Next: 'ArchiveFile',
    });
  });

  it('tells every Glue run about its file', () => {
    const shared = [
      'run_id',
      'dataset',
      'outcome',
      'source_key',
      'source_version',
      'source_modified_at',
      'bronze_path',
      'bronze_version',
      'format',
      'ingestion_date',
      'year',
      'month',
      'day',
    ];
    for (const step of ['BronzeToSilver', 'SilverToGold', 'GoldToRds']) {
      const { Arguments } = state(`Start ${step}`)['Parameters'] as { Arguments: Record<string, string> };
      expect(Object.keys(Arguments), step).toEqual(expect.arrayContaining(shared.map((name) => `--${name}.$`)));
      expect(Arguments['--job_document'], step).toMatch(/s3:\/\/cdk-.*\.json\}$/);
    }
    const { Arguments } = state('Start BronzeToSilver')['Parameters'] as { Arguments: Record<string, string> };
    expect(Arguments['--header.$']).toBe('States.JsonToString($.header)');
  });

  it('looks at a run every few seconds until it has ended, and tells a refused file from an interrupted run', () => {
    const step = 'SilverToGold';
    expect(state(step)).toMatchObject({ Type: 'Parallel', ResultPath: null });
    expect(state(step).Branches?.map(({ StartAt }) => StartAt)).toEqual([`Start ${step}`]);
    expect(state(`Wait for ${step}`)).toMatchObject({ Seconds: 5, Next: `Look at ${step}` });
    const { Choices = [], Default } = state(`How is ${step}`);
    expect(Choices.map(({ Next }) => Next)).toEqual([
      `${step} succeeded`,
      `Wait for ${step}`,
      `${step} failed`,
      `${step} interrupted`,
    ]);
    expect(JSON.stringify(Choices[2])).toContain('"StringMatches":"*[Terminal]*"');
    expect(state(`${step} failed`)).toMatchObject({ Error: 'GlueJobFailed', CausePath: '$.look.JobRun.ErrorMessage' });
    expect(state(`${step} interrupted`)).toMatchObject({ Error: 'GlueJobInterrupted' });
    expect(state(Default ?? '')).toMatchObject({ Error: 'GlueJobInterrupted' });
  });
});
