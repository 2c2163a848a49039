import { RowsDoNotBalance } from '../../contracts/errors';
import { HISTORY_SQL, copySql, replaceStatements, rowsSql, type RawLoad } from '../../contracts/snowflake-sql';
import { execute, type SnowflakeSession, type Statement } from '../snowflake/sql-api';

/** What is known of a file: its rows in RAW, and how many Snowflake remembers to have copied there. */
interface Loaded {
  readonly rows: number;
  readonly remembered: number;
}

/**
 * Copies the file into RAW, once however often it is called; resolves to the number of its rows there. What is there under
 * the file's name but is not of this copy, as an older version's rows, gives way in the same transaction.
 *
 * Raises QueryFailed and DatabaseUnavailable, and RowsDoNotBalance when the table and Snowflake's load history differ.
 */
export async function load(session: SnowflakeSession, file: RawLoad): Promise<number> {
  const before = await look(session, file);
  // The answer to an earlier try was lost.
  if (before.rows > 0 && before.rows === before.remembered) return before.rows;
  const statements = before.rows > 0 ? replaceStatements(file) : [copySql(file, { force: false })];
  await execute(session, { sql: statements.join(';\n'), count: statements.length });
  const { rows, remembered } = await look(session, file);
  if (rows === remembered) return rows;
  throw new RowsDoNotBalance(
    `raw.${file.dataset} has ${rows} rows of ${file.fileName}, and Snowflake's load history says ${remembered} of ` +
      `${file.stagedAt}; delete the rows with this file_name, then drop the file again or replay its run`,
  );
}

async function look(session: SnowflakeSession, { dataset, fileName, stagedAt }: RawLoad): Promise<Loaded> {
  const [rows, remembered] = await Promise.all([
    count(session, { sql: rowsSql(dataset), bindings: [fileName] }),
    count(session, { sql: HISTORY_SQL, bindings: [dataset.toUpperCase(), `%${stagedAt}`] }),
  ]);
  return { rows, remembered };
}

async function count(session: SnowflakeSession, statement: Statement): Promise<number> {
  const { rows } = await execute(session, statement);
  return Number(rows[0]?.[0] ?? 0);
}
