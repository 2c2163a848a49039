import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/report-refresh-failure/index';
import { createTopic, type TestTopic } from '../support/aws';

const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:assay-dev-refresh-warehouse:name';
let failures: TestTopic;

beforeAll(async () => {
  failures = await createTopic();
});
beforeEach(async () => {
  process.env['FAILURE_TOPIC_ARN'] = failures.arn;
  await failures.received();
});

const reportOf = (step: string, errorType: string, errorMessage: string) => ({
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
});
