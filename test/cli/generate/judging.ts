import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { loadContracts } from '../../../contracts/catalog';
import type { Column } from '../../../contracts/column';
import { decimalOf } from '../../../contracts/column-type';
import type { Contract } from '../../../contracts/contract';
import { cellSchema, type CellValue } from '../../../contracts/row-schema';
import { CONTRACTS_FOLDER } from '../../../cli/datasets';

/** Reads what was generated as somebody who knows nothing but the contracts. */
export const CONTRACTS = loadContracts(CONTRACTS_FOLDER);

export function contract(name: string): Contract {
  const found = CONTRACTS.find(({ dataset }) => dataset === name);
  if (found === undefined) throw new Error(`there is no contract ${name}`);
  return found;
}

export type Cells = Readonly<Record<string, string>>;

/** The rows of a file as text cells, whatever its format. */
export async function readRows(folder: string, name: string, { columns }: Contract): Promise<Cells[]> {
  const bytes = readFileSync(join(folder, name));
  if (name.endsWith('.csv')) return csvRows(bytes.toString(), columns);
  if (name.endsWith('.jsonl'))
    return bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => jsonRow(line, columns));
  const file = new Uint8Array(bytes).buffer;
  const rows = await parquetReadObjects({ file, utf8: true, parsers: EXACT });
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, typedText(row[column.name], column)])));
}

function csvRows(text: string, columns: readonly Column[]): Cells[] {
  const [header = [], ...records] = parse(text);
  if (header.join() !== columns.map(({ name }) => name).join()) throw new Error(`the header is ${header.join()}`);
  return records.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

/** Numbers keep their digits: they are put into quotes before JSON.parse could make floating point of them. */
function jsonRow(line: string, columns: readonly Column[]): Cells {
  const row = JSON.parse(line.replace(/":(-?\d+(\.\d+)?)(?=[,}])/g, '":"$1"')) as Record<string, string | boolean | null>;
  if (Object.keys(row).join() !== columns.map(({ name }) => name).join()) throw new Error(`the keys of ${line}`);
  return Object.fromEntries(columns.map(({ name }) => [name, String(row[name] ?? '')]));
}

const EXACT = {
  timestampFromMilliseconds: (millis: bigint) => new Date(Number(millis)),
  timestampFromMicroseconds: (micros: bigint) => new Date(Number(micros / 1000n)),
  timestampFromNanoseconds: (nanos: bigint) => new Date(Number(nanos / 1_000_000n)),
  dateFromDays: (days: number) => new Date(days * 86_400_000),
  stringFromBytes: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
  geometryFromBytes: (bytes: Uint8Array) => bytes,
  geographyFromBytes: (bytes: Uint8Array) => bytes,
};

function typedText(value: unknown, { type }: Column): string {
  if (value === null || value === undefined) return '';
  const decimal = decimalOf(type);
  if (decimal) return Number(value).toFixed(decimal.scale);
  if (value instanceof Date)
    return type === 'date' ? value.toISOString().slice(0, 10) : value.toISOString().replace('.000Z', 'Z');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`a cell of type ${type} is read as ${typeof value}`);
}

/** Building a schema takes longer than asking it. */
const SCHEMAS = new WeakMap<Column, ReturnType<typeof cellSchema>>();

function schemaOf(column: Column): ReturnType<typeof cellSchema> {
  const schema = SCHEMAS.get(column) ?? cellSchema(column);
  SCHEMAS.set(column, schema);
  return schema;
}

/** The broken rules of a row's cells, as [rule, column]. */
export function brokenCells(row: Cells, { columns }: Contract): [rule: string, column: string][] {
  return columns.flatMap((column) => {
    const issues = schemaOf(column).safeParse(row[column.name] ?? '').error?.issues ?? [];
    return issues.map((issue): [string, string] => ['params' in issue ? String(issue.params?.['rule']) : '', column.name]);
  });
}

type Typed = Readonly<Record<string, CellValue>>;
type Verdict = (row: Typed) => boolean | null;

const cents = (value: CellValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(String(value).replace('.', ''));

/** Null where a part is not known, as in SQL. */
function compared<Value>(
  one: Value | null | undefined,
  other: Value | null | undefined,
  holds: (a: Value, b: Value) => boolean,
) {
  return one === null || one === undefined || other === null || other === undefined ? null : holds(one, other);
}
const atMost = (one: number | null, other: number | null) => compared(one, other, (a, b) => a <= b);

/** Every business rule of the contracts by its very expression, so that a changed one is noticed. */
export const RULES: Readonly<Record<string, Verdict>> = {
  'registered_on <= to_date(changed_at)': (row) =>
    compared(row['registered_on'] as string, row['changed_at'] as string, (on, at) => on <= at.slice(0, 10)),
  'birth_date < registered_on': (row) =>
    compared(row['birth_date'] as string, row['registered_on'] as string, (born, on) => born < on),
  'unit_cost <= unit_price': (row) => atMost(cents(row['unit_cost']), cents(row['unit_price'])),
  'shipping_amount <= order_amount': (row) => atMost(cents(row['shipping_amount']), cents(row['order_amount'])),
  'reserved <= on_hand': (row) => atMost(row['reserved'] as number, row['on_hand'] as number),
  'line_amount = quantity * unit_price - discount_amount': (row) => {
    const [line, price, discount] = ['line_amount', 'unit_price', 'discount_amount'].map((name) => cents(row[name]));
    const quantity = row['quantity'];
    if (typeof quantity !== 'number' || line == null || price == null || discount == null) return null;
    return line === quantity * price - discount;
  },
  "event_type <> 'purchase' or order_id is not null": (row) =>
    row['order_id'] !== null || (row['event_type'] === null ? null : row['event_type'] !== 'purchase'),
};

/** The names of the business rules that a row breaks. */
export function brokenBusinessRules(row: Cells, { columns, businessRules }: Contract): string[] {
  const typed = Object.fromEntries(
    columns.map((column) => {
      const parsed = schemaOf(column).safeParse(row[column.name] ?? '');
      // Ill-formed text is still a text; anything else has no value then.
      return [column.name, parsed.success ? parsed.data : column.type === 'string' ? (row[column.name] ?? null) : null];
    }),
  );
  return businessRules.filter(({ expression }) => verdict(expression)(typed) === false).map(({ name }) => name);
}

function verdict(expression: string): Verdict {
  const rule = RULES[expression];
  if (rule === undefined) throw new Error(`no test knows the rule ${expression}`);
  return rule;
}

export function keyOf(row: Cells, { primaryKey }: Contract): string {
  return primaryKey.map((name) => row[name]).join(' ');
}
