import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../../cli/main';
import { answered, failed, fakeStepFunctions, type FakeStepFunctions, type Shown } from '../refresh/fake-step-functions';
import { BUILDING, DONE } from '../refresh/models';

let aws: FakeStepFunctions | undefined;

beforeAll(() => {
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(() => aws?.close());

/** As a user of a stage in AWS calls it, where the refresh goes as planned. */
async function refresh(
  plan: readonly Shown[],
  words: readonly string[] = [],
  onLine: (line: string) => void = () => undefined,
) {
  aws = await fakeStepFunctions(plan);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  const [results, said]: [string[], string[]] = [[], []];
  const progress = (line: string): void => {
    said.push(line);
    onLine(line);
  };
  const output = { result: (text: string) => results.push(text), progress, isLive: false };
  const code = await main(['refresh', '--stage', 'dev', ...words], output);
  const [started] = aws.started;
  return { code, results, said, id: started?.name ?? '', input: JSON.parse(started?.input ?? 'null') as unknown };
}

const running = (state: object): Shown => ({ status: 'RUNNING', events: answered(state) ?? [] });
const GOES_WELL: readonly Shown[] = [
  { status: 'RUNNING', events: [] },
  running(BUILDING),
  { status: 'SUCCEEDED', output: DONE },
];

describe('refresh', () => {
  it('starts an execution, tells each model when it is built, and what came of it', async () => {
    const { code, results, said, id, input } = await refresh(GOES_WELL);
    expect([code, input, aws?.started.length]).toEqual([0, { full: false }, 1]);
    expect(aws?.started[0]?.stateMachineArn).toMatch(/:RefreshWarehouseArn$/);
    expect(said).toEqual(['  dim_customer        1.3 s', '  fact_sales          2.0 s', '  daily_sales         0.0 s']);
    expect(results.join()).toMatch(new RegExp(`^refresh ${id}  succeeded: 2 loads taken in\nmodel .*\n`));
  });

  it('prints one JSON document, and asks for a full one', async () => {
    const { code, results, id, input } = await refresh(GOES_WELL, ['--full', '--json']);
    expect([code, input, results.length]).toEqual([0, { full: true }, 1]);
    expect(JSON.parse(results[0] ?? '')).toEqual({
      id,
      status: 'succeeded',
      full: true,
      loads: 2,
      models: DONE.models,
      failedStep: null,
      error: null,
    });
  });

  const BROKEN = JSON.stringify({ errorType: 'InvariantBroken', errorMessage: 'invariant x does not hold', trace: ['at y'] });
  const PLAN: Shown = {
    status: 'FAILED',
    events: [
      ...(answered(BUILDING) ?? []),
      ...(failed('RefreshModels', BUILDING, { Error: 'InvariantBroken', Cause: BROKEN }) ?? []),
    ],
  };

  it('ends with 1 when it fails, and says where, why and that nothing was committed', async () => {
    const { code, results, id } = await refresh([running(BUILDING), PLAN]);
    expect([code, results]).toEqual([
      1,
      [
        `refresh ${id}  failed in RefreshModels: InvariantBroken: invariant x does not hold\n` +
          'nothing of it was committed: the star schema is as the refresh before left it',
      ],
    ]);
    const { results: documents } = await refresh([PLAN], ['--json']);
    expect(JSON.parse(documents[0] ?? '')).toMatchObject({
      status: 'failed',
      loads: 2,
      models: [{}, { name: 'fact_sales', status: 'failed' }, {}],
      failedStep: 'RefreshModels',
      error: { name: 'InvariantBroken', cause: 'invariant x does not hold' },
    });
  });

  it('tells of a failure before the first answer, whose cause may be words', async () => {
    const events = failed('RefreshModels', { full: false }, { Error: 'States.Timeout', Cause: 'too long\n at z' });
    const { code, results } = await refresh([{ status: 'FAILED', events: events ?? [] }], ['--json']);
    expect([code, JSON.parse(results[0] ?? '')]).toMatchObject([
      1,
      { loads: null, models: [], error: { name: 'States.Timeout', cause: 'too long' } },
    ]);
  });

  it('tells of one that was forgotten', async () => {
    const { code, results } = await refresh([{ status: 'GONE' }]);
    expect(code).toBe(1);
    expect(results.join()).toContain('failed: ExecutionCutOff: the execution is gone and left no report\nits transaction may');
  });

  it('goes on when whoever follows it has enough, and that is said', async () => {
    const interrupt = (): unknown => process.listeners('SIGINT').at(-1)?.('SIGINT');
    const { code, results, said, id } = await refresh([running(BUILDING)], ['--json'], (line) => {
      if (line.includes('dim_customer')) interrupt();
    });
    expect([code, results]).toEqual([130, []]);
    expect(said.at(-1)).toBe(`interrupted; the refresh goes on: once it is committed, core.refresh_ledger has its id ${id}`);
  });

  it('finds the days of the warehouse itself', async () => {
    const { code, said } = await refresh([], ['--from', '2025-01-11']);
    expect([code, said.join()]).toEqual([2, expect.stringContaining('--from is for snowflake')]);
  });

  it('has its help', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    expect((await refresh([], ['--help'])).code).toBe(0);
    expect(written.mock.calls.join()).toContain('build every table from nothing');
    written.mockRestore();
  });
});

describe('refresh snowflake', () => {
  const entered = { type: 'TaskStateEntered', timestamp: 0, stateEnteredEventDetails: { name: 'RunDbt', input: '{}' } };
  const left = { type: 'TaskStateExited', timestamp: 1, stateExitedEventDetails: { name: 'RunDbt', output: '{}' } };

  it.each([
    [[], ['build']],
    [['--full'], ['build', '--full-refresh']],
    [
      ['--from', '2025-01-11'],
      ['build', '--vars', '{"rebuild_from":"2025-01-11"}'],
    ],
  ])('with %j tells dbt what to build, whatever other runs have done', async (words, command) => {
    const { code, results, input } = await refresh([{ status: 'SUCCEEDED', events: [entered, left] }], ['snowflake', ...words]);
    expect([code, input]).toEqual([0, { command, since: '9999-12-31T00:00:00.000Z' }]);
    expect(aws?.started[0]?.stateMachineArn).toMatch(/:ModelSnowflakeArn$/);
    expect(results).toEqual([`dbt ${command.join(' ')}  succeeded`]);
  });

  it('ends with 1 when dbt fails, and says where to look', async () => {
    const over = { type: 'ExecutionFailed', timestamp: 2, executionFailedEventDetails: {} };
    const plan = [
      { status: 'RUNNING', events: [entered] },
      { status: 'FAILED', events: [entered, over] },
    ];
    const { code, results, said } = await refresh(plan, ['snowflake']);
    expect([code, results]).toEqual([
      1,
      [
        'dbt build  failed in RunDbt: ExecutionCutOff: the execution is failed\n' +
          'the alert names the models and tests that failed; runbook: dbt failed',
      ],
    ]);
    expect(said.join()).toContain('RunDbt');
  });

  it('is asked for one of the two', async () => {
    const { code, said } = await refresh([], ['snowflake', '--full', '--from', '2025-01-11']);
    expect([code, said.join()]).toEqual([2, expect.stringContaining('not both')]);
  });
});
