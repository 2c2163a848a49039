import { parse } from 'csv-parse/sync';
import type { Contract } from '../../contracts/contract';
import { causeOf, UserError } from '../failure';

type Dialect = Pick<Contract['csv'], 'delimiter' | 'quote'>;

/** A refused row, as far as a release needs it. */
export interface Refused {
  readonly row: number;
  readonly raw: string;
  /** The run that brought it back. */
  readonly releasedBy: string | null;
}

/** The column that says which row of the original a row is. */
export const NUMBER = '_row';

/** Refused rows as they came, each with its number before it, separated as the contract says: what people correct, and what is released. */
export function releaseFile(header: readonly string[], rows: readonly Refused[], delimiter: string): string {
  const lines = [[NUMBER, ...header].join(delimiter), ...rows.map(({ row, raw }) => `${row}${delimiter}${raw}`)];
  return `${lines.join('\n')}\n`;
}

/** A file of corrected rows: its columns but for the number, and the cells that each row has for them. */
export interface CorrectedRows {
  readonly header: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** What a file of corrected rows holds. Raises UserError when it is no such file. */
export function correctedRows(text: string, path: string, dialect: Dialect): CorrectedRows {
  const [[first, ...header] = [], ...records] = rowsOf(text, path, dialect);
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

function rowsOf(text: string, path: string, dialect: Dialect): string[][] {
  try {
    return parseRows(text, dialect);
  } catch (error) {
    throw new UserError(`${path} is no CSV: ${causeOf(error)}`);
  }
}

/** Rows of any number of cells. Raises CsvError where a quote is not closed or stands inside a cell. */
export function parseRows(text: string, { delimiter, quote }: Dialect): string[][] {
  return parse(text, { delimiter, quote, bom: true, relax_column_count: true, skip_empty_lines: true });
}
