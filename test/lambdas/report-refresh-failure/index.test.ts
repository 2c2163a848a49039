import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/report-refresh-failure/index';
import { createTopic, type TestTopic } from '../support/aws';
import { writeLog } from '../support/logs';

const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:assay-dev-refresh-warehouse:name';
const LOG_GROUP = '/assay/test/dbt';
let failures: TestTopic;

beforeAll(async () => {
  failures = await createTopic();
});
beforeEach(async () => {
  process.env['FAILURE_TOPIC_ARN'] = failures.arn;
  process.env['DBT_LOG_GROUP'] = LOG_GROUP;
  await failures.received();
});

const reportOf = (step: string, errorType: string, errorMessage: string) => ({
  built: 'warehouse',
  step,
  failure: { Error: errorType, Cause: JSON.stringify({ errorType, errorMessage, trace: [] }) },
  executionArn: EXECUTION,
});

describe('report-refresh-failure', () => {
  test('tells which invariant was broken, and that nothing has changed', async () => {
    const cause =
      'invariant fact_sales_amount does not hold: 2 found, such as 2025-02-01; nothing of the refresh was committed';
    await handler(reportOf('RefreshModels', 'InvariantBroken', cause));
    expect(await failures.received()).toEqual([
      {
        subject: 'warehouse: InvariantBroken in RefreshModels',
        message: [
          'Step: RefreshModels',
          'Error: InvariantBroken',
          `Cause: ${cause}`,
          `Execution: ${EXECUTION}`,
          `Console: https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${EXECUTION}`,
          'The star schema is as the refresh before left it. Once the cause is mended, `npx assay refresh` takes in what was loaded meanwhile.',
        ].join('\n'),
        attributes: { dataset: 'warehouse', status: 'failed', step: 'RefreshModels', error: 'InvariantBroken' },
      },
    ]);
  });

  test('says so when the refresh itself is committed', async () => {
    await handler(reportOf('AnalyzeTables', 'QueryFailed', 'ERROR: permission denied'));
    const [message] = await failures.received();
    expect(message?.message).toMatch(/The star schema itself is refreshed; what comes after it failed\.$/);
  });

  test('of dbt says with which exit code it ended, which models failed, and where its log is', async () => {
    await writeLog(LOG_GROUP, 'dbt/dbt/0123abcd', [
      '10:11:12  Failure in test unique_stg_sales (models/staging/staging.yml)',
      '10:11:12    Got 3 results, configured to fail if != 0',
      '10:11:12  Warning in test known_store (models/staging/staging.yml)',
    ]);
    const task = {
      TaskArn: 'arn:aws:ecs:us-east-1:123456789012:task/assay-dev-dbt/0123abcd',
      StoppedReason: 'Essential container in task exited',
      Containers: [{ Name: 'dbt', ExitCode: 1 }],
    };
    const failure = { Error: 'States.TaskFailed', Cause: JSON.stringify(task) };
    await handler({ built: 'snowflake', step: 'RunDbt', failure, executionArn: EXECUTION });
    const [message] = await failures.received();
    expect(message?.subject).toBe('snowflake: DbtFailed in RunDbt');
    expect(message?.message).toContain(
      'Cause: dbt ended with exit code 1; its log says why: the stream dbt/dbt/0123abcd of the log group of dbt\n' +
        'Failed: test unique_stg_sales (models/staging/staging.yml)\nExecution: ',
    );
    expect(message?.message).toMatch(/The models whose run failed are as the run before left them;/);
  });

  test('of dbt is told without the models where the log cannot be read', async () => {
    const task = { TaskArn: 'a/gone', Containers: [{ Name: 'dbt', ExitCode: 2 }] };
    const failure = { Error: 'States.TaskFailed', Cause: JSON.stringify(task) };
    await handler({ built: 'snowflake', step: 'RunDbt', failure, executionArn: EXECUTION });
    expect((await failures.received())[0]?.message).toMatch(/log group of dbt\nExecution: /);
  });

  test('of a task that did not start says why', async () => {
    const task = { TaskArn: 'a/b', StoppedReason: 'CannotPullContainerError', Containers: [{ Name: 'dbt' }] };
    const failure = { Error: 'States.TaskFailed', Cause: JSON.stringify(task) };
    await handler({ built: 'snowflake', step: 'RunDbt', failure, executionArn: EXECUTION });
    expect((await failures.received())[0]?.message).toContain(
      'Cause: the task of dbt did not start: CannotPullContainerError\n',
    );
  });
});
