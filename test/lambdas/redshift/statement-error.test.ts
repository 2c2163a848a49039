import type { DescribeStatementCommandOutput } from '@aws-sdk/client-redshift-data';
import { expect, it } from 'vitest';
import { DatabaseUnavailable, QueryFailed } from '../../../contracts/errors';
import { statementError } from '../../../lambdas/redshift/statement-error';

const described = (more: Partial<DescribeStatementCommandOutput>) => ({ $metadata: {}, Id: 'x', ...more });

it.each([
  ['ERROR: 1023\n  Detail: Serializable isolation violation on table'],
  ['ERROR: deadlock detected'],
  ['FATAL: connection limit exceeded'],
  ['Workgroup is resuming'],
])('tries again after %j', (text) => {
  expect(statementError(described({ Status: 'FAILED', Error: text }))).toBeInstanceOf(DatabaseUnavailable);
});

it('tries again a statement that was aborted: the warehouse let go of it', () => {
  expect(statementError(described({ Status: 'ABORTED' }))).toEqual(
    new DatabaseUnavailable('the warehouse let go of us: the statement is ABORTED'),
  );
});

it('does not try again what the warehouse declined, and names the statement of the batch', () => {
  const part = (Status: 'FINISHED' | 'FAILED' | 'ABORTED') => ({ Id: 'x:1', Status });
  const SubStatements = [part('FINISHED'), part('FAILED'), part('ABORTED')];
  const error = statementError(described({ Status: 'FAILED', Error: 'ERROR: relation "x" does not exist', SubStatements }));
  expect(error).toEqual(new QueryFailed('ERROR: relation "x" does not exist (statement 2 of 3)'));
});
