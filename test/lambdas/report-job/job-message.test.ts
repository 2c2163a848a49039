import { expect, test } from 'vitest';
import { jobMessage } from '../../../lambdas/report-job/job-message';

const change = (state: 'FAILED' | 'TIMEOUT') =>
  ({
    'detail-type': 'Glue Job State Change',
    region: 'eu-west-1',
    detail: { jobName: 'a-job', jobRunId: 'jr_1', state },
  }) as const;
const job = { duration: 7, dataset: 'purchases', run: 'id', file: 'p.csv', source: undefined };

test("a script's own error is told by its name, without a value that may be a person's", () => {
  const error = 'Traceback [Terminal] EmptyFile: nothing of jane@example.org in it';
  const { lines } = jobMessage(change('FAILED'), { ...job, error }, undefined);
  expect(lines).toContain('Error: EmptyFile');
  expect(lines).toContain('Cause: nothing of ***@*** in it');
});

test('a run that ended without a word is told as interrupted', () => {
  const { lines, subject } = jobMessage(change('TIMEOUT'), { ...job, error: undefined }, undefined);
  expect(subject).toBe('purchases: a-job timeout');
  expect(lines).toContain('Error: GlueJobInterrupted');
  expect(lines).toContain('Cause: no cause was given');
});
