import type { Client } from 'pg';
import { inTransaction } from '../database/transaction';
import type { Migration } from './migrations';

/** Any number, as long as nobody else takes it: two deployments must not create one table at once. */
const MIGRATION_LOCK = 7_242_001;

/** Applies every file, each in a transaction of its own. All can be applied again and again, so none is remembered. */
export async function migrate(client: Client, migrations: readonly Migration[]): Promise<void> {
  // Held by the connection and let go with it.
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  for (const { file, sql } of migrations) {
    try {
      await inTransaction(client, () => client.query(sql));
    } catch (error) {
      if (error instanceof Error) error.message = `sql/rds/${file}: ${error.message}`;
      throw error;
    }
  }
}
