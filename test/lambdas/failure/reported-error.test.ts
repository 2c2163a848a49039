import { describe, expect, test } from 'vitest';
import { reportedError } from '../../../lambdas/failure/reported-error';

const lambda = (errorMessage: string) => JSON.stringify({ errorType: 'X', errorMessage, trace: ['X: …', 'at file.js:1'] });

describe('reportedError', () => {
  test.each([
    ['a Lambda error', 'EmptyFile', lambda('a.csv is empty'), 'EmptyFile', 'a.csv is empty'],
    ['a Glue job of ours', 'GlueJobFailed', '[Terminal] FieldTooLong: line 3 is long', 'FieldTooLong', 'line 3 is long'],
    ['one given up', 'GlueJobInterrupted', 'Error: [Transient] PublishContended: busy', 'PublishContended', 'busy'],
    [
      'a killed Glue job',
      'GlueJobInterrupted',
      'Command failed with exit code 137',
      'GlueJobInterrupted',
      'Command failed with exit code 137',
    ],
    ['a stack trace', 'States.TaskFailed', 'it broke\n    at a.js:1\n    at b.js:2', 'States.TaskFailed', 'it broke'],
    [
      'a script’s stack trace',
      'GlueJobFailed',
      '[Terminal] MissingColumn: line 1\n\nTraceback (most recent call last)',
      'MissingColumn',
      'line 1',
    ],
    [
      'what a Spark job failed with in the end, without its words',
      'GlueJobInterrupted',
      'Py4JJavaError: o1.parquet.\n: a.b.SparkException: [TASK_WRITE_FAILED] Task failed.\n\tat a.B.c(D.scala:1)\n' +
        'Caused by: a.b.E: jane\n\tat x\nCaused by: a.SparkUpgradeException: [OLD.WRITE_DATE] of jane\n\t... 3 more',
      'GlueJobInterrupted',
      'Py4JJavaError: o1.parquet.\n: a.b.SparkException: [TASK_WRITE_FAILED] Task failed.; caused by SparkUpgradeException [OLD.WRITE_DATE]',
    ],
    ['JSON that is no Lambda error', 'E', '{"a":1}', 'E', '{"a":1}'],
    ['nothing', 'States.Timeout', '', 'States.Timeout', 'no cause was given'],
  ])('%s', (_, Error, Cause, name, cause) => {
    expect(reportedError('Step', { Error, Cause })).toEqual({ step: 'Step', name, cause });
  });

  test('a very long cause is cut', () => {
    expect(reportedError('S', { Error: 'E', Cause: 'x'.repeat(5000) }).cause).toHaveLength(1001);
  });
});
