import type { z } from 'zod';
import type { Column } from '../../contracts/column';
import { NoRowFits } from '../../contracts/errors';
import { rowSchema } from '../../contracts/row-schema';

/** With fewer rows, all of them may be bad by chance; then they are set aside one by one. */
const MIN_ROWS = 50;
/** Of many rows, where no header says what the columns are. */
const LEAST_SHARE = 0.5;
/** Enough to tell what is wrong with them. */
const EXPLAINED_ROWS = 100;

/** The cells of a row, as text, in the header's order. */
export interface Cells {
  readonly cells: readonly string[];
  /** Columns that have a list or an object, which is no cell. @default none */
  readonly nested?: readonly string[];
}

type RowSchema = ReturnType<typeof rowSchema>;

/**
 * Raises NoRowFits when many rows are there and not one fits: a column is shifted, or the file is another dataset's. Where no
 * header says what the columns are only the rows can: of few one has to fit, of many most.
 */
export function refuseIfNothingFits(
  fileName: string,
  header: readonly string[],
  rows: readonly Cells[],
  columns: readonly Column[],
  hasHeader = true,
): void {
  const least = leastFitting(rows.length, hasHeader);
  if (least === 0) return;
  const schema = rowSchema(columns);
  const doesFit = (row: Cells): boolean => faultsOf(row, header, schema).length === 0;
  // Most files fit from the first row on.
  const fitting = least === 1 ? Number(rows.some(doesFit)) : rows.filter(doesFit).length;
  if (fitting >= least) return;
  const faults = rows.slice(0, EXPLAINED_ROWS).flatMap((row) => faultsOf(row, header, schema));
  const [fault, count] = mostFrequent(faults);
  const share =
    fitting === 0 ? `none of the first ${rows.length} rows fits` : `only ${fitting} of the first ${rows.length} rows fit`;
  throw new NoRowFits(
    `${fileName}: ${share} the contract; ${fault} in ${count} of the first ${Math.min(rows.length, EXPLAINED_ROWS)}; ` +
      `correct the file${hasHeader ? '' : ', name its columns in a header'}, or the contract if it is the one that is wrong`,
  );
}

function leastFitting(rowCount: number, hasHeader: boolean): number {
  if (rowCount >= MIN_ROWS) return hasHeader ? 1 : rowCount * LEAST_SHARE;
  return hasHeader || rowCount === 0 ? 0 : 1;
}

/** What is wrong with a row, in words that show none of its values. */
function faultsOf({ cells, nested = [] }: Cells, header: readonly string[], schema: RowSchema): string[] {
  if (cells.length !== header.length) return [`another number of cells than the header's ${header.length}`];
  const row = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  const others = schema.safeParse(row).error?.issues.filter(({ path }) => !nested.includes(path.join('.'))) ?? [];
  return [...nested.map((column) => broken(column, 'json')), ...others.map(faultIn)];
}

function faultIn(issue: z.core.$ZodIssue): string {
  const { rule } = (issue as z.core.$ZodIssueCustom).params ?? {};
  return broken(issue.path.join('.'), String(rule ?? issue.code));
}

function broken(column: string, rule: string): string {
  return `column "${column}" breaks the rule "${rule}"`;
}

function mostFrequent(faults: readonly string[]): [fault: string, count: number] {
  const counts = new Map<string, number>();
  for (const fault of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
}
