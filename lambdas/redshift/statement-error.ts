import type { DescribeStatementCommandOutput } from '@aws-sdk/client-redshift-data';
import { DatabaseUnavailable, QueryFailed } from '../../contracts/errors';

/**
 * What passes: a conflict with another transaction (1023, deadlock, a lock not to be had), a warehouse that starts, restarts,
 * resizes or has no place for another query. Source: the messages of Redshift's documentation on serializable isolation
 * and on the Data API.
 */
const PASSING =
  /serializable isolation|deadlock detected|lock_not_available|canceling statement due to lock|connection|restart|starting up|is resuming|not available|out of memory|disk full|timed? ?out|aborted by the user/i;

/** How a statement ended that did not finish: DatabaseUnavailable, which is tried again, or QueryFailed. */
export function statementError(statement: DescribeStatementCommandOutput): DatabaseUnavailable | QueryFailed {
  const { Status: status, Error: text, SubStatements: parts = [] } = statement;
  const place = parts.findIndex((part) => part.Status === 'FAILED') + 1;
  const message = text ?? parts.find((part) => part.Error !== undefined)?.Error ?? `the statement is ${status}`;
  const where = place > 0 ? ` (statement ${place} of ${parts.length})` : '';
  if (status === 'ABORTED' || PASSING.test(message))
    return new DatabaseUnavailable(`the warehouse let go of us: ${message}${where}`);
  return new QueryFailed(`${message}${where}`);
}
