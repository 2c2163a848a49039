import { z } from 'zod';
import { readDate } from './calendar-date';
import type { Column } from './column';
import { ISO_TIMESTAMP, readTimestamp } from './column-format';
import { decimalOf } from './column-type';
import { compareDecimals, parseDecimal, writeDecimal } from './exact-decimal';
import { expectation, type CellRule } from './expectation';

/** A typed cell. Decimals stay text with all their digits, dates are YYYY-MM-DD, timestamps ISO in UTC; nothing is rounded. */
export type CellValue = string | number | bigint | boolean | null;
export type Row = Record<string, CellValue>;

const INTEGER_BITS: Readonly<Record<string, number>> = { smallint: 16, int: 32, bigint: 64 };

/** A row of text cells by column name → the typed row. Cells are cleaned first: trim, Unicode NFC, empty → null. */
export function rowSchema(columns: readonly Column[]): z.ZodType<Row, Record<string, string>> {
  return z.object(Object.fromEntries(columns.map((column) => [column.name, cellSchema(column)])));
}

/** One column's cell, as text, to its value; refused with every rule that it breaks, whose name is in the issue's `params`. */
export function cellSchema(column: Column): z.ZodType<CellValue, string> {
  return z.string().transform((text, context) => {
    const cell = cleaned(text, column);
    const value = cell === null ? null : typed(cell, column.type, column.format);
    for (const rule of brokenRules(cell, value, column))
      context.addIssue({
        code: 'custom',
        message: `${column.name} is ${cell === null ? 'empty' : JSON.stringify(cell)}; expected ${expectation(rule, column)}`,
        params: { rule, column: column.name, value: cell },
      });
    return value ?? null;
  });
}

function cleaned(text: string, { cleanings }: Column): string | null {
  const cell = text.trim().normalize('NFC');
  if (cell === '') return null;
  return cleanings.includes('lowercase') ? cell.toLowerCase() : cell;
}

/** The exact value, or undefined where the cell has none of the type. */
function typed(cell: string, type: string, format?: string): CellValue | undefined {
  const decimal = decimalOf(type);
  if (decimal) return typedDecimal(cell, decimal);
  const bits = INTEGER_BITS[type];
  if (bits !== undefined) return typedInteger(cell, bits);
  if (type === 'string') return cell;
  if (type === 'boolean') return cell === 'true' || (cell === 'false' ? false : undefined);
  if (type === 'date') return readDate(cell, format ?? 'yyyy-MM-dd');
  if (type === 'timestamp') return readTimestamp(cell, format ?? ISO_TIMESTAMP);
  throw new Error(`no reading is known for the type ${type}; add it to contracts/row-schema.ts`);
}

function typedDecimal(cell: string, { precision, scale }: { precision: number; scale: number }): string | undefined {
  const number = parseDecimal(cell);
  const written = number && writeDecimal(number, scale);
  const digits = written?.replace(/^-/, '').replace('.', '').replace(/^0+/, '').length ?? 0;
  return digits <= precision ? written : undefined;
}

function typedInteger(cell: string, bits: number): number | bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(cell)) return undefined;
  const value = BigInt(cell.replace('+', ''));
  if (BigInt.asIntN(bits, value) !== value) return undefined;
  return bits === 64 ? value : Number(value);
}

function brokenRules(cell: string | null, value: CellValue | undefined, column: Column): CellRule[] {
  if (cell === null) return column.required ? ['required'] : [];
  if (value === undefined) return [column.format === undefined ? 'type' : 'format'];
  return [...brokenLimits(value, column), ...brokenTextRules(cell, column)];
}

type LimitRule = 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum';

/** Each with how a value that breaks it compares to the limit: below zero, zero or above. */
const LIMITS: readonly (readonly [rule: LimitRule, breaks: (order: number) => boolean])[] = [
  ['minimum', (order) => order < 0],
  ['exclusiveMinimum', (order) => order <= 0],
  ['maximum', (order) => order > 0],
  ['exclusiveMaximum', (order) => order >= 0],
];

function brokenLimits(value: CellValue, { rules, type }: Column): CellRule[] {
  const broken = LIMITS.filter(([rule, breaks]) => {
    const limit = rules[rule];
    return limit !== undefined && breaks(orderOf(String(value), limit, type));
  });
  return broken.map(([rule]) => rule);
}

function brokenTextRules(cell: string, { rules }: Column): CellRule[] {
  const { minLength = 0, maxLength = Infinity, pattern, enum: allowed } = rules;
  // In characters, as Spark counts them, not in UTF-16 units.
  const { length } = Array.from(cell);
  const broken: CellRule[] = [];
  if (length < minLength) broken.push('minLength');
  if (length > maxLength) broken.push('maxLength');
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(cell)) broken.push('pattern');
  if (allowed?.includes(cell) === false) broken.push('enum');
  return broken;
}

/** Below zero, zero or above. ISO dates sort as text. */
function orderOf(value: string, limit: string, type: string): number {
  if (type === 'date') return value < limit ? -1 : value > limit ? 1 : 0;
  const [a, b] = [parseDecimal(value), parseDecimal(limit)];
  if (!a || !b) throw new Error(`${value} and ${limit} cannot be compared as ${type}`);
  return compareDecimals(a, b);
}
