import { z } from 'zod';
import { withFailureNames } from '../failure/with-failure-names';
import { refuseTooMany, type QueryResult } from '../query/result';
import { snowflakeSettings } from '../snowflake/settings';
import { execute } from '../snowflake/sql-api';
import { valueOf } from '../snowflake/value';

const Query = z.object({ sql: z.string().trim().min(1) });

/** One statement, as the reader, who may change nothing. */
export const handler = withFailureNames(async (event: unknown): Promise<QueryResult> => {
  const { sql } = Query.parse(event);
  const { columns, rows } = await execute(snowflakeSettings(), { sql });
  refuseTooMany(rows);
  return {
    columns: columns.map(({ name }) => name.toLowerCase()),
    rows: rows.map((row) => row.map((text, index) => valueOf(text, columns[index]))),
  };
});
