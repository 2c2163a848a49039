import { describe, expect, it } from 'vitest';
import { resourcesOf, stageNames, templateOf } from '../support/templates';
import { machineOf, path, type State } from '../support/state-machine';

const template = templateOf('prod', 'pipelines');
const sales = machineOf('assay-prod-sales');
const model = machineOf('assay-prod-model-snowflake');

describe('the state machine of sales', () => {
  it('loads the file as it is and ends its run, then lets dbt model it, unless another run has', () => {
    const loaded = ['ValidateFile', 'StoreBronze', 'LoadSnowflake', 'ArchiveFile', 'ReportSuccess'];
    expect(path(sales)).toEqual([...loaded, 'BeginDbt', 'Is dbt to run', 'Modelled']);
    expect(sales.States['Is dbt to run']?.Choices).toEqual([{ Variable: '$.dbt.isTurn', BooleanEquals: true, Next: 'RunDbt' }]);
    expect(path({ ...sales, StartAt: 'RunDbt' })).toEqual(['RunDbt', 'EndDbt', 'Modelled']);
  });

  it('has these states and their failures, and none of the lake', () => {
    const ofFile = ['ValidateFile', 'StoreBronze', 'LoadSnowflake', 'ArchiveFile', 'ReportSuccess'];
    const steps = [...ofFile, 'BeginDbt', 'RunDbt', 'EndDbt'];
    const ends = ['ReportFailure', 'ETLJobFailed', 'GiveDbtBack', 'ReportDbtFailure', 'RefreshFailed'];
    const failures = [...steps.map((step) => `${step}Failed`), ...ends];
    expect(Object.keys(sales.States).sort()).toEqual([...steps, 'Is dbt to run', 'Modelled', ...failures].sort());
    for (const step of steps) {
      const failed = { Next: `${step}Failed`, ResultPath: '$.failure' };
      expect(sales.States[step]?.Catch, step).toEqual([
        { ErrorEquals: ['States.DataLimitExceeded'], ...failed },
        { ErrorEquals: ['States.ALL'], ...failed },
      ]);
      const ofDbt = step === 'RunDbt' ? 'GiveDbtBack' : 'ReportDbtFailure';
      const next = ofFile.includes(step) ? 'ReportFailure' : ofDbt;
      expect(sales.States[`${step}Failed`], step).toEqual({
        Type: 'Pass',
        Result: step,
        ResultPath: '$.failure.step',
        Next: next,
      });
    }
  });

  it('is that of stores, too', () => {
    expect(Object.keys(machineOf('assay-prod-stores').States).sort()).toEqual(Object.keys(sales.States).sort());
  });
});

describe.each([
  ['sales', sales, '$.snowflake.loadedAt'],
  ['model-snowflake', model, '$.since'],
])('in %s', (_, { States }, since) => {
  it('waits for its turn longer than anybody has it, and covers what was loaded before', () => {
    const begin = States['BeginDbt'];
    expect(begin?.['Parameters']).toEqual({ 'executionArn.$': '$$.Execution.Id', 'since.$': since });
    const [wait] = begin?.Retry ?? [];
    expect(wait?.ErrorEquals).toEqual(['TurnTaken']);
    expect(longestWait(wait)).toBeGreaterThan(2 * 45 * 60);
  });

  it('runs dbt for less than it has the turn, without a public address', () => {
    const run = States['RunDbt'];
    expect(run?.['Resource']).toMatch(/:states:::ecs:runTask\.sync$/);
    expect(run?.['TimeoutSeconds']).toBeLessThan(45 * 60);
    expect(run?.['Parameters']).toMatchObject({ LaunchType: 'FARGATE', TaskDefinition: 'assay-prod-dbt' });
    const { NetworkConfiguration } = run?.['Parameters'] as { NetworkConfiguration: { AwsvpcConfiguration: object } };
    const { Subnets, ...others } = NetworkConfiguration.AwsvpcConfiguration as { Subnets: string[] };
    expect(Subnets).toHaveLength(3);
    for (const subnet of Subnets) expect(subnet).toContain('Vpcegress');
    expect(others).toEqual({ SecurityGroups: [expect.stringContaining('Clients')] });
  });

  it('gives the turn back, also after a failure', () => {
    expect(States['EndDbt']?.['Parameters']).toEqual({ 'executionArn.$': '$$.Execution.Id', isDone: true });
    expect(States['GiveDbtBack']).toMatchObject({
      Next: 'ReportDbtFailure',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.giveBack', Next: 'ReportDbtFailure' }],
      Parameters: { 'executionArn.$': '$$.Execution.Id', isDone: false },
    });
  });
});

describe('dbt on its own', () => {
  it.each(stageNames)('runs in %s by its schedule, on the laptop on demand only', (stage) => {
    const schedules = Object.values(resourcesOf(stage, 'AWS::Scheduler::Schedule')).map(({ Properties }) => Properties);
    const ours = schedules.filter((properties) => String(properties?.['Name']).endsWith('model-snowflake'));
    if (stage === 'local') return expect(ours).toEqual([]);
    expect(ours).toMatchObject([
      {
        Name: `assay-${stage}-model-snowflake`,
        ScheduleExpression: 'cron(11 5 * * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
        State: 'ENABLED',
        Target: { Arn: { Ref: expect.stringMatching(/^ModelStateMachine/) as string } },
      },
    ]);
  });

  it('is started by a role that can do nothing else', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(
      ([id, policy]) => id.startsWith('SchedulerRole') && JSON.stringify(policy).includes('ModelStateMachine'),
    );
    const statements = policies.map(
      ([, { Properties }]) => (Properties as { PolicyDocument: { Statement: unknown } }).PolicyDocument.Statement,
    );
    const machine = { Ref: expect.stringMatching(/^ModelStateMachine/) as string };
    // Each schedule has a role of its own.
    expect(statements).toContainEqual([{ Effect: 'Allow', Action: 'states:StartExecution', Resource: machine }]);
    for (const each of statements) expect(each).toHaveLength(1);
  });

  it('builds what is new, or what it is told', () => {
    const [told, usual] = ['Is it told what to build', 'Build what is new'];
    expect(model.States[told]).toMatchObject({ Choices: [{ Variable: '$.command', IsPresent: true, Next: 'BeginDbt' }] });
    expect(model.States[usual]?.['Parameters']).toEqual({ command: ['build'], 'since.$': '$$.Execution.StartTime' });
    const { Overrides } = model.States['RunDbt']?.['Parameters'] as { Overrides: object };
    expect(Overrides).toEqual({ ContainerOverrides: [{ 'Command.$': '$.command', Name: 'dbt' }] });
    expect(sales.States['RunDbt']?.['Parameters']).not.toHaveProperty('Overrides');
  });

  it('ends well, or with a report and an error of its own', () => {
    expect(path(model)).toEqual([
      'Is it told what to build',
      'Build what is new',
      'BeginDbt',
      'Is dbt to run',
      'Modelled',
      'Snowflake is modelled',
    ]);
    expect(model.States['ReportDbtFailure']).toMatchObject({ Next: 'RefreshFailed' });
    expect(model.States['RefreshFailed']).toMatchObject({ Type: 'Fail', Error: 'RefreshFailed' });
  });
});

describe('what goes to Snowflake as it is', () => {
  it.each(['stores', 'sales'])('has nothing of %s in the lake’s catalog', (dataset) => {
    for (const type of ['AWS::Glue::Table', 'AWS::Glue::DataQualityRuleset']) {
      const names = Object.values(resourcesOf('prod', type)).map(({ Properties }) => {
        const { TableInput, Name } = Properties as { TableInput?: { Name: string }; Name?: string };
        return TableInput?.Name ?? Name?.replace('assay-prod-', '');
      });
      expect(names, type).toContain('purchases');
      expect(names, type).not.toContain(dataset);
    }
  });
});

/** Seconds that the pauses of a retrier add up to; without jitter. */
function longestWait(retry: NonNullable<State['Retry']>[number] | undefined): number {
  const { IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds } = retry as unknown as Record<string, number>;
  const pauses = Array.from({ length: MaxAttempts ?? 0 }, (_, index) =>
    Math.min((IntervalSeconds ?? 0) * (BackoffRate ?? 1) ** index, MaxDelaySeconds ?? Infinity),
  );
  return pauses.reduce((sum, pause) => sum + pause, 0);
}
