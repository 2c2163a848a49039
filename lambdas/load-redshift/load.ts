import { createHash } from 'node:crypto';
import { z } from 'zod';
import { loadedSql, loadStatements, type Load } from '../../contracts/redshift-sql';
import { query, runBatch } from '../redshift/run-batch';

const Loaded = z.array(z.tuple([z.number()]));

/**
 * Merges the run's rows into staging, once however often it is called; resolves to their number. The ledger's row is in the
 * same transaction, so that it decides where the answer of the warehouse was lost or is an error.
 */
export async function load(request: Load, attempt: number): Promise<number> {
  const before = await loadedRows(request.runId);
  if (before !== undefined) return before;
  try {
    await runBatch(loadStatements(request), token(request.runId, attempt));
  } catch (error) {
    const rows = await loadedRows(request.runId).catch(() => undefined);
    if (rows === undefined) throw error;
    return rows;
  }
  return (await loadedRows(request.runId)) ?? 0;
}

async function loadedRows(runId: string): Promise<number | undefined> {
  const [row] = Loaded.parse(await query(loadedSql(runId)));
  return row?.[0];
}

/** Another one for each attempt: with the same the service would answer with the failure of the last. */
function token(runId: string, attempt: number): string {
  return createHash('sha256').update(`${runId}:${attempt}`).digest('hex');
}
