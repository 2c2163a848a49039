import summary from '../../sql/rds/01_customer_purchase_summary.sql';
import staging from '../../sql/rds/02_customer_purchase_summary_staging.sql';
import tombstones from '../../sql/rds/03_customer_purchase_summary_tombstones.sql';
import loadLedger from '../../sql/rds/04_load_ledger.sql';
import totalSpentAudWider from '../../sql/rds/05_total_spent_aud_wider.sql';

export interface Migration {
  readonly file: string;
  readonly sql: string;
}

/** sql/rds/NN_*.sql in their order; a test compares the list with the folder. */
export const MIGRATIONS: readonly Migration[] = [
  { file: '01_customer_purchase_summary.sql', sql: summary },
  { file: '02_customer_purchase_summary_staging.sql', sql: staging },
  { file: '03_customer_purchase_summary_tombstones.sql', sql: tombstones },
  { file: '04_load_ledger.sql', sql: loadLedger },
  { file: '05_total_spent_aud_wider.sql', sql: totalSpentAudWider },
];
