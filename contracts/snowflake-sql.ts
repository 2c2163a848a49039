import type { Contract } from './contract';
import { literal } from './sql-literal';

/** How a file comes into RAW, in Snowflake's SQL. Values that Snowflake does not let be bound are written as literals. */

export interface RawLoad {
  readonly dataset: string;
  /** The contract's columns, in its order. */
  readonly columns: readonly string[];
  readonly csv: Pick<Contract['csv'], 'delimiter' | 'quote'>;
  /** The columns in the file's order. */
  readonly header: readonly string[];
  readonly headerLines: 0 | 1;
  /** YYYY-MM-DD */
  readonly batchDate: string;
  /** The key in the inbox, which the rows are known by. */
  readonly fileName: string;
  /** The copy to read, below the stage's location. */
  readonly stagedAt: string;
}

/** How many rows of a file are there. */
export function rowsSql(dataset: string): string {
  return `select count(*) from raw.${dataset} where file_name = ?`;
}

/** How many rows Snowflake remembers to have loaded from a copy, at the last time; no row where it remembers none. */
export const HISTORY_SQL = `select row_count from information_schema.load_history
where schema_name = 'RAW' and table_name = ? and file_name like ? and status = 'LOADED'
order by last_load_time desc limit 1`;

/**
 * The file's rows as text, none left out and none changed. `extra` is the first cell beyond the contract's columns: Snowflake
 * does not count cells in such a copy, so a row with too many would lose them without a word.
 */
export function copySql(load: RawLoad, { force }: { readonly force: boolean }): string {
  const { dataset, columns, csv, header, headerLines, batchDate, fileName, stagedAt } = load;
  const place = (name: string): string => (header.includes(name) ? `$${header.indexOf(name) + 1}` : 'null');
  const ours = [`$${header.length + 1}`, `to_date(${literal(batchDate)})`, 'current_timestamp()', literal(fileName)];
  return [
    `copy into raw.${dataset} (${[...columns, ...OURS].join(', ')})`,
    `from (select ${[...columns.map(place), ...ours, 'metadata$file_row_number'].join(', ')} from @raw.lake)`,
    `files = (${literal(stagedAt)})`,
    `file_format = (type = csv, skip_header = ${headerLines}, field_delimiter = ${literal(csv.delimiter)}, ` +
      `field_optionally_enclosed_by = ${literal(csv.quote)}, escape_unenclosed_field = none, empty_field_as_null = true, ` +
      `null_if = (), skip_blank_lines = true, encoding = 'UTF8', compression = none)`,
    `on_error = abort_statement${force ? ' force = true' : ''}`,
  ].join('\n');
}

/** In one transaction: the file's rows as they are, in place of what was there under its name. */
export function replaceStatements(load: RawLoad): string[] {
  return [
    'begin transaction',
    `delete from raw.${load.dataset} where file_name = ${literal(load.fileName)}`,
    // Forced: Snowflake may remember the copy, by a load whose rows were just deleted.
    copySql(load, { force: true }),
    'commit',
  ];
}

/** Beside the contract's columns. */
const OURS = ['extra', 'batch_date', 'loaded_at', 'file_name', 'file_row_number'];
