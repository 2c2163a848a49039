import { parse } from 'csv-parse/sync';
import { causeOf, UserError } from '../failure';

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

/** The numbers in a file of corrected rows. Raises UserError when it is no such file. */
export function rowNumbers(text: string, path: string, delimiter: string): number[] {
  const [header = [], ...rows] = parseRows(text, path, delimiter);
  if (header[0]?.trim() !== NUMBER)
    throw new UserError(`${path} does not begin with the column ${NUMBER}: make it by \`npx assay quarantine export\``);
  const numbers = rows.map(([cell = ''], index) => {
    if (!/^\d+$/.test(cell.trim()))
      throw new UserError(`${path}, row ${index + 1}: ${NUMBER} is no number; keep what the export wrote`);
    return Number(cell);
  });
  const seen = new Set<number>();
  const twice = numbers.find((number) => seen.size === seen.add(number).size);
  if (twice !== undefined) throw new UserError(`${path} has ${NUMBER} ${twice} twice: keep one of the rows`);
  return numbers;
}

function parseRows(text: string, path: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new UserError(`${path} is no CSV: ${causeOf(error)}`);
  }
}
