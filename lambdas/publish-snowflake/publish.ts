import { QueryFailed } from '../../contracts/errors';
import { PUBLISHED_SQL, publishStatements, type Publication } from '../../contracts/snowflake-published';
import { execute, type SnowflakeSession } from '../snowflake/sql-api';

/**
 * Merges the run's rows into its table of PUBLISHED, once however often it is called; resolves to their number. The ledger's
 * row is in the same transaction, so that it decides where Snowflake's answer was lost or is an error.
 *
 * Raises QueryFailed, DatabaseRefused and DatabaseUnavailable.
 */
export async function publish(session: SnowflakeSession, publication: Publication): Promise<number> {
  const before = await publishedRows(session, publication);
  if (before !== undefined) return before;
  // The job leaves a file also where no row changed.
  if (publication.files.length === 0)
    throw new QueryFailed(`no Parquet file of run ${publication.runId} is in the work area; upload the file again`);
  try {
    const statements = publishStatements(publication);
    await execute(session, { sql: statements.join(';\n'), count: statements.length });
  } catch (error) {
    const rows = await publishedRows(session, publication).catch(() => undefined);
    if (rows === undefined) throw error;
    return rows;
  }
  const rows = await publishedRows(session, publication);
  if (rows !== undefined) return rows;
  throw new QueryFailed(
    `published.load_ledger has no row of run ${publication.runId}, though its load was committed; load the file again`,
  );
}

async function publishedRows(session: SnowflakeSession, { runId }: Publication): Promise<number | undefined> {
  const { rows } = await execute(session, { sql: PUBLISHED_SQL, bindings: [runId] });
  const [row] = rows;
  return row === undefined ? undefined : Number(row[0]);
}
