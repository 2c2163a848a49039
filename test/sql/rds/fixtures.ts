import type { Client } from 'pg';

/** A row that GoldToRds appends to customer_purchase_summary_staging. */
export interface Staged {
  readonly customerId: string;
  readonly runId: string;
  readonly sequence: number;
  readonly total?: string;
  readonly isDeleted?: boolean;
  readonly loadDate?: string;
}

export async function stage(client: Client, rows: readonly Staged[]): Promise<void> {
  for (const row of rows) {
    const total = row.isDeleted ? null : (row.total ?? '1.00');
    const day = row.isDeleted ? null : '2025-01-01';
    await client.query(
      `insert into customer_purchase_summary_staging (customer_id, full_name, email, total_spent_aud,
         first_purchase_date, last_purchase_date, load_date, run_id, silver_sequence, is_deleted)
       values ($1, $2, null, $3, $4, $4, $5, $6, $7, $8)`,
      [
        row.customerId,
        `Name of ${row.customerId}`,
        total,
        day,
        row.loadDate ?? '2025-01-02T00:00:00Z',
        row.runId,
        row.sequence,
        row.isDeleted ?? false,
      ],
    );
  }
}

/** customer_id → total_spent_aud */
export async function totals(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ customer_id: string; total_spent_aud: string }>(
    'select customer_id, total_spent_aud from customer_purchase_summary order by customer_id',
  );
  return Object.fromEntries(rows.map((row) => [row.customer_id, row.total_spent_aud]));
}
