import { parse } from 'csv-parse/sync';

/** What a day's file must bring, worked out from its bytes alone. */
export interface ExpectedDay {
  readonly read: number;
  readonly published: number;
  /** Of the published, in cents. */
  readonly amount: bigint;
}

type Row = Readonly<Record<string, string>>;

const PATTERNS: Readonly<Record<string, RegExp>> = {
  transaction_id: /^T\d{14}$/,
  customer_id: /^C\d{8}$/,
  product_sku: /^[A-Z]{3}-\d{5}$/,
  category: /^(books|clothing|electronics|grocery|home|sports|toys)$/,
  quantity: /^[1-9]\d?$/,
  unit_price: /^\d+\.\d\d$/,
  amount: /^\d+\.\d\d$/,
  currency: /^(AUD|NZD|USD)$/,
  payment_method: /^(card|paypal|bank_transfer|gift_card|pay_later)$/,
  channel: /^(web|app|marketplace)$/,
  status: /^(completed|pending|refunded|cancelled)$/,
  occurred_at: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/,
};

export function expectedOf(file: Buffer): ExpectedDay {
  const rows = parse<Row>(file, { columns: true });
  const good = rows.filter(isGood);
  const amount = good.reduce((sum, row) => sum + cents(row['amount']), 0n);
  return { read: rows.length, published: good.length, amount };
}

function isGood(row: Row): boolean {
  if (!Object.entries(PATTERNS).every(([column, pattern]) => pattern.test(row[column] ?? ''))) return false;
  const isProduct = cents(row['amount']) === BigInt(row['quantity'] ?? '') * cents(row['unit_price']);
  return isProduct && (row['payment_method'] !== 'gift_card' || row['currency'] === 'AUD');
}

export function cents(text = ''): bigint {
  return BigInt(text.replace('.', ''));
}
