import { z } from 'zod';
import { TooManyRows } from '../../contracts/errors';
import { withFailureNames } from '../failure/with-failure-names';
import { snowflakeSettings } from '../snowflake/settings';
import { execute } from '../snowflake/sql-api';
import { valueOf } from '../snowflake/value';

const Query = z.object({ sql: z.string().trim().min(1) });
/** Beyond this an answer would come near Lambda's limit of 6 MB. */
const MAX_ROWS = 10_000;

interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** One statement, as the reader, who may change nothing. */
export const handler = withFailureNames(async (event: unknown): Promise<QueryResult> => {
  const { sql } = Query.parse(event);
  const { columns, rows } = await execute(snowflakeSettings(), { sql });
  if (rows.length > MAX_ROWS) throw new TooManyRows(`the answer has more than ${MAX_ROWS} rows; add a limit`);
  return {
    columns: columns.map(({ name }) => name.toLowerCase()),
    rows: rows.map((row) => row.map((text, index) => valueOf(text, columns[index]))),
  };
});
