import { z } from 'zod';
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

/** A row as text: where it stands, every reason, and the row itself. */
export function refusedRowText(row: RefusedRow): string {
  const place = `${visible(row.file)} line ${row.line} (run ${shortId(row.run)})`;
  const reasons = row.reasons.map((reason) => `  ${reasonText(reason)}`);
  return [place, ...reasons, `  row: ${visible(row.raw ?? '')}`].join('\n');
}

/** `amount_aud: decimal, got "12,50"` */
export function reasonText({ rule, column, value }: Reason): string {
  const about = column === null ? rule : `${column}: ${rule}`;
  return value === null ? about : `${about}, got ${visible(JSON.stringify(value))}`;
}

function reasonsOf(text: string): Reason[] {
  if (text === '') return [];
  return text.split(REASON_END).map((reason) => {
    const [rule = '', column = NOTHING, value = NOTHING] = reason.split(PART_END);
    return { rule, column: column === NOTHING ? null : column, value: value === NOTHING ? null : value };
  });
}
