import type { Contract } from '../../contracts/contract';
import { releaseFormat, type FileFormat } from '../../contracts/file-format';
import { causeOf, UserError } from '../failure';
import { csvRows } from './csv-rows';
import { jsonRows } from './json-rows';

/** A refused row, as far as a release needs it. */
export interface Refused {
  readonly row: number;
  readonly raw: string;
  /** The run that brought it back. */
  readonly releasedBy: string | null;
}

/** The column that says which row of the original a row is. */
export const NUMBER = '_row';

/** A file of corrected rows: its columns but for the number, and the cells that each row has for them. */
export interface CorrectedRows {
  readonly header: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** Rows as text, in one of the formats that rows come back in. */
export interface RowText {
  /** Of the files' names. */
  readonly format: FileFormat;
  /** Refused rows as they came, each with its number: what people correct, and what is released. */
  readonly written: (header: readonly string[], rows: readonly Refused[]) => string;
  /** The columns and rows of a text, the number first. Raises an error when it is none of this format. */
  readonly read: (text: string) => readonly (readonly string[])[];
  /** The cells of a row as it came, in the header's order; empty where it cannot be divided. */
  readonly cells: (raw: string, header: readonly string[]) => readonly string[];
}

/** How the rows of a file of that format come back. */
export function rowText(format: FileFormat, csv: Contract['csv']): RowText {
  return releaseFormat(format) === 'csv' ? csvRows(csv) : jsonRows;
}

/** What a file of corrected rows holds. Raises UserError when it is no such file. */
export function correctedRows(text: string, path: string, rowsAs: RowText): CorrectedRows {
  const [[first, ...header] = [], ...records] = rowsOf(text, path, rowsAs);
  if (first?.trim() !== NUMBER)
    throw new UserError(`${path} does not begin with the column ${NUMBER}: make it by \`npx assay quarantine export\``);
  const rows = records.map(([cell = '', ...cells], index) => {
    if (!/^\d+$/.test(cell.trim()))
      throw new UserError(`${path}, row ${index + 1}: ${NUMBER} is no number; keep what the export wrote`);
    return { row: Number(cell), cells };
  });
  const seen = new Set<number>();
  const twice = rows.find(({ row }) => seen.size === seen.add(row).size);
  if (twice !== undefined) throw new UserError(`${path} has ${NUMBER} ${twice.row} twice: keep one of the rows`);
  return { header, rows };
}

function rowsOf(text: string, path: string, { read, format }: RowText): readonly (readonly string[])[] {
  try {
    return read(text);
  } catch (error) {
    throw new UserError(`${path} is no ${format === 'csv' ? 'CSV' : 'file of JSON lines'}: ${causeOf(error)}`);
  }
}
