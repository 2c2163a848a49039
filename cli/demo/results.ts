import { readFileSync } from 'node:fs';
import type { Account } from '../aws/account';
import { queryLake } from '../lake/query-lake';
import { showSql } from '../quarantine/sql';
import { refusedRows, type RefusedRow } from '../quarantine/refused-row';
import { queryRds, type QueryResult } from '../aws/query-function';
import { disagreements, silverDisagreements } from './agreement';
import { DEMO_CUSTOMER } from './customers';
import type { Truth } from './truth';

const TOP_CUSTOMERS = new URL('../../sql/rds/queries/top_customers.sql', import.meta.url);
const OURS = `customer_id like '${DEMO_CUSTOMER}%'`;
const SPENDING = 'select customer_id, total_spent_aud, first_purchase_date, last_purchase_date from';

export interface Results {
  readonly topCustomers: QueryResult;
  /** Two refused rows of the run, with different rules. */
  readonly examples: readonly RefusedRow[];
  /** Where a table differs from what the generator knows; empty is right. */
  readonly disagreements: readonly string[];
}

/** What the tables hold now, against what the generator knows. */
export async function readResults(account: Account, runId: string, truth: Truth, signal: AbortSignal): Promise<Results> {
  const rds = (sql: string): Promise<QueryResult> => queryRds(account, sql, signal);
  const lake = (sql: string): Promise<QueryResult> => queryLake(account, sql, signal);
  const [topCustomers, database, gold, silver, refused] = await Promise.all([
    rds(readFileSync(TOP_CUSTOMERS, 'utf8')),
    rds(`${SPENDING} customer_purchase_summary where ${OURS}`),
    lake(`${SPENDING} gold.customer_purchase_summary where ${OURS}`),
    lake(`select count(*), sum(amount_aud) from silver.purchases where ${OURS}`),
    lake(showSql('purchases', { run: runId, limit: 100 })),
  ]);
  return {
    topCustomers,
    examples: twoKinds(refusedRows(refused.rows)),
    disagreements: [
      ...disagreements('the database', truth, database.rows),
      ...disagreements('gold', truth, gold.rows),
      ...silverDisagreements(truth, silver.rows),
    ],
  };
}

function twoKinds(rows: readonly RefusedRow[]): RefusedRow[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const another = others.find(({ reasons }) => reasons[0]?.column !== first.reasons[0]?.column);
  return another ? [first, another] : [first];
}
