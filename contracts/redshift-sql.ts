import type { Column } from './column';
import { redshiftType } from './column-type';
import type { Contract } from './contract';
import { literal } from './sql-literal';

/** How a dataset comes into the warehouse: its two tables, and the statements of a load, in Redshift's SQL. */

/** What of a contract the warehouse needs. */
export type WarehouseTable = Pick<Contract, 'dataset' | 'columns' | 'primaryKey'>;

/** A load's statements are one transaction. */
export interface Load extends WarehouseTable {
  readonly runId: string;
  /** The folder of Parquet files, as s3://bucket/folder/. */
  readonly path: string;
}

/** UTF-8 needs at most so many bytes for a character, and Redshift's lengths are bytes. */
const MAX_BYTES = 4;
const MAX_VARCHAR = 65_535;

/**
 * Beside the contract's columns: where the row comes from, and the sequence number of the silver snapshot that it was read
 * from. A row gives way to a later snapshot's only, so loads may come in any order; a deleted row stays for the same reason.
 */
const OURS: readonly (readonly [name: string, type: string])[] = [
  ['ingestion_date', 'date'],
  ['_source_key', 'varchar(1024)'],
  ['_source_version', 'varchar(1024)'],
  ['_row_number', 'bigint'],
  ['_run_id', 'char(64) not null'],
  ['_silver_sequence', 'bigint not null'],
  ['_is_deleted', 'boolean not null'],
];

/** The columns of the Parquet files of a load and of both tables, in their order, which is how COPY matches them. */
export function warehouseColumns({ columns }: Pick<Contract, 'columns'>): string[] {
  return [...columns.map(({ name }) => name), ...OURS.map(([name]) => name)];
}

/** `raw.<dataset>`, which holds rows for the time of a load, and `staging.<dataset>`, a row per primary key. */
export function warehouseDdl(table: WarehouseTable): string[] {
  const { dataset, primaryKey } = table;
  const [first = ''] = primaryKey;
  const key = `primary key (${primaryKey.join(', ')})`;
  return [
    // Rows are spread evenly: they come and go as a whole.
    `create table if not exists ${rawTable(dataset)} (\n${lines(columnsOf(table))}\n)\ndiststyle even`,
    // By key, since merges join on it; sorted by run, since a refresh looks for the rows of runs that are new.
    `create table if not exists staging.${dataset} (\n${lines([...columnsOf(table), key])}\n)\ndiststyle key distkey (${first})\nsortkey (_run_id)`,
  ];
}

/**
 * The rows of a load into staging, and its row in the ledger, once. Runs of one dataset wait for each other, and of two that
 * know a row the one that has seen more of silver wins.
 */
export function loadStatements({ dataset, columns, primaryKey, runId, path }: Load): string[] {
  const names = warehouseColumns({ columns });
  const same = (one: string, other: string): string =>
    primaryKey.map((name) => `${one}.${name} = ${other}.${name}`).join(' and ');
  const [raw, staging] = [rawTable(dataset), `staging.${dataset}`];
  const changed = names.filter((name) => !primaryKey.includes(name));
  const run = literal(runId);
  return [
    `lock table ${staging}`,
    // Never truncate, which would commit.
    `delete from ${raw}`,
    `copy ${raw} from ${literal(path)} iam_role default format as parquet`,
    `delete from ${raw} using ${staging} as known
where ${same(dataset, 'known')} and known._silver_sequence >= ${dataset}._silver_sequence`,
    [
      `merge into ${staging} using ${raw} as incoming on ${same(dataset, 'incoming')}`,
      `when matched then update set ${changed.map((name) => `${name} = incoming.${name}`).join(', ')}`,
      `when not matched then insert (${names.join(', ')}) values (${names.map((name) => `incoming.${name}`).join(', ')})`,
    ].join('\n'),
    `insert into staging.load_ledger (run_id, dataset, rows_merged, loaded_at)
select ${run}, ${literal(dataset)}, counted.rows_merged, getdate() from (select count(*) as rows_merged from ${raw}) as counted
where not exists (select 1 from staging.load_ledger where run_id = ${run})`,
    `delete from ${raw}`,
  ];
}

/** How many rows a run merged; no row when it has not been loaded. */
export function loadedSql(runId: string): string {
  return `select rows_merged from staging.load_ledger where run_id = ${literal(runId)}`;
}

/** Redshift reserves the word raw. */
function rawTable(dataset: string): string {
  return `"raw".${dataset}`;
}

function columnsOf({ columns, primaryKey }: WarehouseTable): string[] {
  return [
    ...columns.map((column) => `${column.name} ${typeOf(column)}${primaryKey.includes(column.name) ? ' not null' : ''}`),
    ...OURS.map(([name, type]) => `${name} ${type}`),
  ];
}

/** As narrow as the contract lets it be: queries take memory for what a column may hold. */
function typeOf({ type, rules }: Column): string {
  if (type !== 'string') return redshiftType(type);
  const characters = rules.enum ? Math.max(...rules.enum.map((value) => value.length)) : rules.maxLength;
  return characters === undefined ? redshiftType(type) : `varchar(${Math.min(characters * MAX_BYTES, MAX_VARCHAR)})`;
}

function lines(parts: readonly string[]): string {
  return parts.map((part) => `    ${part}`).join(',\n');
}
