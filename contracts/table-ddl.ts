import { rdsType } from './column-type';
import type { Model } from './contract';
import { qualifiedName, type Table } from './tables';

/**
 * Rows of one file have one ingestion date, so that shuffling them by partition would put them all in one task. Commits
 * of files that arrive together are repeated rather than given up.
 */
const PROPERTIES = {
  'format-version': '2',
  'write.distribution-mode': 'none',
  'write.parquet.compression-codec': 'zstd',
  'commit.retry.num-retries': '20',
  // What a task writes of a day is cut there: large enough to be read at once, small enough for many to read beside each other.
  'write.target-file-size-bytes': '134217728',
};

/** Spark's `create table` for an Iceberg table. */
export function tableDdl(table: Table): string {
  const columns = table.columns.map(({ name, type }) => `    ${name} ${type}`).join(',\n');
  const properties = Object.entries(PROPERTIES).map(([name, value]) => `'${name}' = '${value}'`);
  return [
    `create table if not exists ${qualifiedName(table)} (`,
    columns,
    ')',
    'using iceberg',
    `partitioned by (${table.partitionedBy.join(', ')})`,
    `tblproperties (${properties.join(', ')})`,
  ].join('\n');
}

/** PostgreSQL's `create table` for a model: the columns of the contract and those that the load adds to them. */
export function rdsDdl({ name, key, columns }: Model): string {
  const lines = [
    ...columns.map((column) => `${column.name} ${rdsType(column.type)}${column.required ? ' not null' : ''}`),
    'silver_sequence bigint not null',
    'updated_at timestamptz not null default now()',
    `constraint ${name}_pkey primary key (${key.join(', ')})`,
  ];
  return `create table if not exists ${name} (\n${lines.map((line) => `    ${line}`).join(',\n')}\n);\n`;
}
