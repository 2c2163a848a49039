import customerPurchaseSummary from '../../sql/rds/upsert/customer_purchase_summary.sql';

/** sql/rds/upsert/<model>.sql; a test compares the list with the folder. */
export const UPSERTS: Readonly<Record<string, string>> = {
  customer_purchase_summary: customerPurchaseSummary,
};
