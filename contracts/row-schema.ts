import { z } from 'zod';
import { readDate } from './calendar-date';
import type { Column } from './column';
import { decimalOf } from './column-type';
import { compareDecimals, parseDecimal, writeDecimal } from './exact-decimal';

/** A typed cell. Decimals stay text with all their digits, dates are YYYY-MM-DD; nothing is rounded. */
export type CellValue = string | number | bigint | boolean | null;
export type Row = Record<string, CellValue>;

/** Why a cell is refused: the rule's name is the same as in quarantine; also in a zod issue's `params`. */
export interface CellFault {
  readonly rule: string;
  readonly expected: string;
}

const INTEGER_BITS: Readonly<Record<string, number>> = { smallint: 16, int: 32, bigint: 64 };

/** A row of text cells by column name → the typed row. Cells are cleaned first: trim, Unicode NFC, empty → null. */
export function rowSchema(columns: readonly Column[]): z.ZodType<Row, Record<string, string>> {
  return z.object(Object.fromEntries(columns.map((column) => [column.name, cellSchema(column)])));
}

/** One column's cell, as text, to its value; refused with every rule that it breaks. */
export function cellSchema(column: Column): z.ZodType<CellValue, string> {
  return z.string().transform((text, context) => {
    const cell = cleaned(text, column);
    const value = cell === null ? null : typed(cell, column.type, column.format);
    for (const { rule, expected } of cellFaults(cell, value, column))
      context.addIssue({
        code: 'custom',
        message: `${column.name} is ${cell === null ? 'empty' : JSON.stringify(cell)}; expected ${expected}`,
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

function cellFaults(cell: string | null, value: CellValue | undefined, column: Column): CellFault[] {
  if (cell === null) return column.required ? [{ rule: 'required', expected: 'a value' }] : [];
  const { type, format } = column;
  if (value === undefined && format !== undefined) return [{ rule: 'format', expected: `a ${type} written as ${format}` }];
  if (value === undefined) return [{ rule: 'type', expected: `a value of type ${type}` }];
  return [...limitFaults(value, column), ...textFaults(cell, column)];
}

type LimitRule = 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum';

/** Each with how a value that breaks it compares to the limit: below zero, zero or above. */
const LIMITS: readonly (readonly [rule: LimitRule, breaks: (order: number) => boolean, words: string])[] = [
  ['minimum', (order) => order < 0, 'at least'],
  ['exclusiveMinimum', (order) => order <= 0, 'more than'],
  ['maximum', (order) => order > 0, 'at most'],
  ['exclusiveMaximum', (order) => order >= 0, 'less than'],
];

function limitFaults(value: CellValue, { rules, type }: Column): CellFault[] {
  return LIMITS.flatMap(([rule, breaks, words]) => {
    const limit = rules[rule];
    const isBroken = limit !== undefined && breaks(orderOf(String(value), limit, type));
    return isBroken ? [{ rule, expected: `${words} ${limit}` }] : [];
  });
}

function textFaults(cell: string, { rules }: Column): CellFault[] {
  const { minLength = 0, maxLength = Infinity, pattern, enum: allowed } = rules;
  // In characters, as Spark counts them, not in UTF-16 units.
  const { length } = Array.from(cell);
  const faults: CellFault[] = [];
  if (length < minLength) faults.push({ rule: 'minLength', expected: `at least ${minLength} characters` });
  if (length > maxLength) faults.push({ rule: 'maxLength', expected: `at most ${maxLength} characters` });
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(cell))
    faults.push({ rule: 'pattern', expected: `the pattern ${pattern}` });
  if (allowed?.includes(cell) === false) faults.push({ rule: 'enum', expected: `one of ${allowed.join(', ')}` });
  return faults;
}

/** Below zero, zero or above. ISO dates sort as text. */
function orderOf(value: string, limit: string, type: string): number {
  if (type === 'date') return value < limit ? -1 : value > limit ? 1 : 0;
  const [a, b] = [parseDecimal(value), parseDecimal(limit)];
  if (!a || !b) throw new Error(`${value} and ${limit} cannot be compared as ${type}`);
  return compareDecimals(a, b);
}
