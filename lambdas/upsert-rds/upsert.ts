import type { Client } from 'pg';
import { inTransaction } from '../database/transaction';

interface Count {
  readonly rows_upserted: string;
}

/**
 * Brings a run's staged rows into the model's table, once, and says how many rows that changed.
 *
 * The row in load_ledger is written in the same transaction: found there, the run's rows are in the table, whatever the last
 * attempt was told before its connection broke.
 */
export async function upsert(client: Client, model: string, sql: string, runId: string): Promise<number> {
  return inTransaction(client, async () => {
    // One load of a table at a time; two that lock its rows in different orders would end one another.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [model]);
    const rows = (await isNew(client, model, runId)) ? await load(client, model, sql, runId) : undefined;
    await client.query(`delete from ${client.escapeIdentifier(`${model}_staging`)} where run_id = $1`, [runId]);
    return rows ?? (await loadedRows(client, model, runId));
  });
}

async function isNew(client: Client, model: string, runId: string): Promise<boolean> {
  const marker = await client.query('insert into load_ledger (run_id, target_table) values ($1, $2) on conflict do nothing', [
    runId,
    model,
  ]);
  return marker.rowCount === 1;
}

async function load(client: Client, model: string, sql: string, runId: string): Promise<number> {
  const { rows } = await client.query<Count>(sql, [runId]);
  const count = Number(rows[0]?.rows_upserted ?? 0);
  await client.query('update load_ledger set rows_upserted = $3 where run_id = $1 and target_table = $2', [
    runId,
    model,
    count,
  ]);
  return count;
}

async function loadedRows(client: Client, model: string, runId: string): Promise<number> {
  const { rows } = await client.query<Count>('select rows_upserted from load_ledger where run_id = $1 and target_table = $2', [
    runId,
    model,
  ]);
  return Number(rows[0]?.rows_upserted ?? 0);
}
