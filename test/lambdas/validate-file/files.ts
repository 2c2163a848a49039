import type { AgreedFile } from '../../../lambdas/validate-file/agreed-file';
import type { Sample } from '../../../lambdas/validate-file/sample';

const NAMES = [
  'purchase_id',
  'customer_id',
  'first_name',
  'last_name',
  'email',
  'product',
  'quantity',
  'amount_aud',
  'purchase_date',
] as const;
export const HEADER = NAMES.join(',');
export const ROW = '0001,007,Ann,O\'Reilly,ann@example.org,"Tea, green",1,12.50,2025-01-01';
export const COLUMNS: readonly string[] = NAMES;

const TYPES: Readonly<Record<string, string>> = { quantity: 'int', amount_aud: 'decimal(18,2)', purchase_date: 'date' };
const REQUIRED = ['purchase_id', 'customer_id', 'quantity', 'amount_aud', 'purchase_date'];

/** The purchases contract, as validate-file gets it in its environment. */
export const CONTRACT: AgreedFile = {
  columns: NAMES.map((name) => ({
    name,
    type: TYPES[name] ?? 'string',
    required: REQUIRED.includes(name),
    isPersonal: false,
    cleanings: [],
    rules: {},
    ...(name === 'purchase_date' && { format: 'yyyy-MM-dd' }),
  })),
  csv: { delimiter: ',', quote: '"', maxFieldBytes: 1000, header: 'required' },
  maxBytes: Infinity,
  mustFit: true,
};

export function sampleOf(content: string | Buffer, isWhole = true): Sample {
  return { fileName: 'customer_purchases_20250102.csv', bytes: Buffer.from(content), isWhole };
}
