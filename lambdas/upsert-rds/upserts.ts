import customerPurchaseSummary from '../../sql/rds/upsert/customer_purchase_summary.sql';

/** sql/rds/upsert/<model>.sql; a test compares the list with the folder. */
export const UPSERTS: Readonly<Record<string, string>> = {
  customer_purchase_summary: customerPurchaseSummary,
};

/** The SQL that brings a model's staged rows in. */
export function upsertOf(model: string): string {
  const sql = UPSERTS[model];
  if (sql === undefined) throw new Error(`no sql/rds/upsert/${model}.sql for the model ${model}`);
  return sql;
}
