import { snowflakeType } from './column-type';
import type { Contract } from './contract';
import { literal } from './sql-literal';

/** How a dataset's checked rows come into Snowflake: its table in PUBLISHED, and the statements of a load. */

/** What of a contract its table needs. */
export type PublishedTable = Pick<Contract, 'dataset' | 'columns' | 'primaryKey'>;

/** The rows that a run changed in silver, on their way. */
export interface Publication extends PublishedTable {
  readonly runId: string;
  /** The Parquet files, below the stage's location. */
  readonly files: readonly string[];
}

/** Snowflake takes no more names in one COPY. */
const MOST_FILES = 1000;

/**
 * Beside the contract's columns, as in Redshift: where the row comes from, and the sequence number of the silver snapshot that
 * it was read from. A row gives way to a later snapshot's only; a deleted row stays, marked, for the same reason.
 */
const OURS: readonly (readonly [name: string, type: string])[] = [
  ['ingestion_date', 'date'],
  ['_source_key', 'varchar'],
  ['_source_version', 'varchar'],
  ['_row_number', 'number(19, 0)'],
  ['_run_id', 'varchar not null'],
  ['_silver_sequence', 'number(19, 0) not null'],
  ['_is_deleted', 'boolean not null'],
];

/** Of the Parquet files and of the table. */
export function publishedColumns({ columns }: Pick<Contract, 'columns'>): string[] {
  return [...columns.map(({ name }) => name), ...OURS.map(([name]) => name)];
}

/** `published.<dataset>`: a row per primary key, which Snowflake does not enforce; the load does. */
export function publishedDdl(table: PublishedTable): string {
  const key = `primary key (${table.primaryKey.join(', ')})`;
  return `create table if not exists assay.published.${table.dataset} (\n${lines([...definitionsOf(table), key])}\n)`;
}

/**
 * The run's rows into the dataset's table, and its row in the ledger, in one transaction. What comes before `begin` is the
 * session's own and gone with it: whatever fails leaves nothing.
 *
 * The ledger's merge takes the ledger's lock until the end: of two loads at once, whatever the dataset, the second counts
 * and merges what the first has left, and a run that is loaded once more changes nothing.
 */
export function publishStatements(publication: Publication): string[] {
  const { dataset, columns, primaryKey, runId, files } = publication;
  const [table, incoming] = [`published.${dataset}`, incomingOf(dataset)];
  const names = publishedColumns({ columns });
  const same = primaryKey.map((name) => `known.${name} = incoming.${name}`).join(' and ');
  const isLater = 'known._silver_sequence < incoming._silver_sequence';
  const changed = names.filter((name) => !primaryKey.includes(name));
  return [
    `create or replace temporary table ${incoming} (\n${lines(definitionsOf(publication))}\n)`,
    ...inPortions(files).map((some) => copySql(incoming, some)),
    'begin transaction',
    [
      `merge into published.load_ledger as known`,
      `using (select ${literal(runId)} as run_id, ${literal(dataset)} as dataset) as incoming on known.run_id = incoming.run_id`,
      `when not matched then insert (run_id, dataset, loaded_at) values (incoming.run_id, incoming.dataset, current_timestamp())`,
    ].join('\n'),
    [
      `update published.load_ledger set rows_merged = counted.rows_merged`,
      `from (select count(*) as rows_merged from ${incoming} as incoming left join ${table} as known on ${same}`,
      `where known._silver_sequence is null or ${isLater}) as counted`,
      `where load_ledger.run_id = ${literal(runId)} and load_ledger.rows_merged is null`,
    ].join('\n'),
    [
      `merge into ${table} as known using ${incoming} as incoming on ${same}`,
      `when matched and ${isLater} then update set ${changed.map((name) => `${name} = incoming.${name}`).join(', ')}`,
      `when not matched then insert (${names.join(', ')}) values (${names.map((name) => `incoming.${name}`).join(', ')})`,
    ].join('\n'),
    'commit',
  ];
}

/** How many rows a run merged; no row when it was not loaded. */
export const PUBLISHED_SQL = 'select rows_merged from published.load_ledger where run_id = ? and rows_merged is not null';

/** By the columns' names, and with Parquet's own dates, decimals and timestamps; no text stands for null. */
function copySql(into: string, files: readonly string[]): string {
  return [
    `copy into ${into}`,
    'from @raw.lake',
    `files = (${files.map(literal).join(', ')})`,
    'file_format = (type = parquet, use_logical_type = true, null_if = ())',
    'match_by_column_name = case_insensitive',
    'on_error = abort_statement',
  ].join('\n');
}

/** The session's own. No dataset has such a name. */
function incomingOf(dataset: string): string {
  return `published._incoming_${dataset}`;
}

function definitionsOf({ columns, primaryKey }: PublishedTable): string[] {
  return [
    ...columns.map(({ name, type }) => `${name} ${snowflakeType(type)}${primaryKey.includes(name) ? ' not null' : ''}`),
    ...OURS.map(([name, type]) => `${name} ${type}`),
  ];
}

function inPortions(files: readonly string[]): string[][] {
  const count = Math.ceil(files.length / MOST_FILES);
  return Array.from({ length: count }, (_, place) => files.slice(place * MOST_FILES, (place + 1) * MOST_FILES));
}

function lines(parts: readonly string[]): string {
  return parts.map((part) => `    ${part}`).join(',\n');
}
