import { z } from 'zod';
import { Rules } from '../../contracts/column';
import type { Contract } from '../../contracts/contract';
import { expectation, isCellRule } from '../../contracts/expectation';
import { visible } from '../output/table';
import { shortId } from '../runs/find-run';
import { NOTHING, PART_END, REASON_END } from './sql';

/** Athena and Spark answer bigint as text. */
const Whole = z.coerce.number();
const Listed = z.tuple([z.string(), z.string(), z.string(), Whole]);
const Shown = z.tuple([z.string(), z.string(), z.string(), Whole, Whole, z.string().nullable(), z.string().nullable()]);

export interface RefusedInRun {
  readonly run: string;
  readonly file: string;
  readonly ingestionDate: string;
  readonly rows: number;
}

export interface Reason {
  readonly rule: string;
  /** Null when the reason is about the whole row. */
  readonly column: string | null;
  readonly value: string | null;
}

export interface RefusedRow {
  readonly run: string;
  readonly file: string;
  readonly ingestionDate: string;
  /** Data rows of the file are counted from 1, lines too; the header is the first line. */
  readonly row: number;
  readonly line: number;
  readonly raw: string | null;
  readonly reasons: readonly Reason[];
}

export function listedRuns(rows: readonly (readonly unknown[])[]): RefusedInRun[] {
  return rows.map((cells) => {
    const [run, file, ingestionDate, count] = Listed.parse(cells);
    return { run, file, ingestionDate, rows: count };
  });
}

export function refusedRows(rows: readonly (readonly unknown[])[]): RefusedRow[] {
  return rows.map((cells) => {
    const [run, file, ingestionDate, row, line, raw, reasons] = Shown.parse(cells);
    return { run, file, ingestionDate, row, line, raw, reasons: reasonsOf(reasons ?? '') };
  });
}

/** A row as text: where it stands, every reason with what the contract expects, and the row itself. */
export function refusedRowText(row: RefusedRow, contract: Contract): string {
  const place = `${visible(row.file)} line ${row.line} (run ${shortId(row.run)})`;
  const reasons = row.reasons.map((reason) => `  ${reasonText(reason, contract)}`);
  return [place, ...reasons, `  row: ${visible(row.raw ?? '')}`].join('\n');
}

/** `amount_aud: type, expected a value of type decimal(18,2), got "12,50"` */
export function reasonText(reason: Reason, contract: Contract): string {
  const { rule, column, value } = reason;
  const expected = expectedBy(reason, contract);
  return [
    column === null ? rule : `${column}: ${rule}`,
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(value === null ? [] : [`got ${visible(JSON.stringify(value))}`]),
  ].join(', ');
}

/** By the contract as it is; undefined where it has no such rule any more, or the value says it all. */
function expectedBy({ rule, column }: Reason, { columns, businessRules }: Contract): string | undefined {
  const expression = businessRules.find(({ name }) => name === rule)?.expression;
  if (expression !== undefined) return expression;
  const known = columns.find(({ name }) => name === column);
  const isStated = known !== undefined && isCellRule(rule) && (!Object.hasOwn(Rules.shape, rule) || rule in known.rules);
  return isStated ? expectation(rule, known) : undefined;
}

function reasonsOf(text: string): Reason[] {
  if (text === '') return [];
  return text.split(REASON_END).map((reason) => {
    const [rule = '', column = NOTHING, value = NOTHING] = reason.split(PART_END);
    return { rule, column: column === NOTHING ? null : column, value: value === NOTHING ? null : value };
  });
}
