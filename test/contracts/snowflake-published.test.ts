import { describe, expect, it } from 'vitest';
import type { Column } from '../../contracts/column';
import { changesFolder } from '../../contracts/changes-folder';
import { warehouseColumns } from '../../contracts/redshift-sql';
import { publishedColumns, publishedDdl, publishStatements } from '../../contracts/snowflake-published';

const column = (name: string, type: string): Column => ({
  ...{ name, type, required: false, isPersonal: false, cleanings: [], rules: {} },
});
const TABLE = {
  dataset: 'returns',
  columns: [column('shop', 'string'), column('number', 'bigint'), column('refund', 'decimal(18,2)')],
  primaryKey: ['shop', 'number'],
};
const COLUMNS = `    shop varchar not null,
    number number(19, 0) not null,
    refund number(18, 2),
    ingestion_date date,
    _source_key varchar,
    _source_version varchar,
    _row_number number(19, 0),
    _run_id varchar not null,
    _silver_sequence number(19, 0) not null,
    _is_deleted boolean not null`;

describe('a published table', () => {
  it('has the columns, types and key of the contract, then ours', () => {
    expect(publishedDdl(TABLE)).toBe(
      `create table if not exists assay.published.returns (\n${COLUMNS},\n    primary key (shop, number)\n)`,
    );
  });

  it('has the columns that the job writes, as the table in Redshift', () => {
    expect(publishedColumns(TABLE)).toEqual(warehouseColumns(TABLE));
  });
});

describe('a load', () => {
  it('copies into a table of its own, then merges and tells of it in one transaction', () => {
    const files = ["run/changes/o'part-0.parquet", 'run/changes/part-1.parquet'];
    expect(publishStatements({ ...TABLE, runId: 'run', files })).toEqual([
      `create or replace temporary table published._incoming_returns (\n${COLUMNS}\n)`,
      `copy into published._incoming_returns
from @raw.lake
files = ('run/changes/o''part-0.parquet', 'run/changes/part-1.parquet')
file_format = (type = parquet, use_logical_type = true, null_if = ())
match_by_column_name = case_insensitive
on_error = abort_statement`,
      'begin transaction',
      `merge into published.load_ledger as known
using (select 'run' as run_id, 'returns' as dataset) as incoming on known.run_id = incoming.run_id
when not matched then insert (run_id, dataset, loaded_at) values (incoming.run_id, incoming.dataset, current_timestamp())`,
      `update published.load_ledger set rows_merged = counted.rows_merged
from (select count(*) as rows_merged from published._incoming_returns as incoming left join published.returns as known on known.shop = incoming.shop and known.number = incoming.number
where known._silver_sequence is null or known._silver_sequence < incoming._silver_sequence) as counted
where load_ledger.run_id = 'run' and load_ledger.rows_merged is null`,
      `merge into published.returns as known using published._incoming_returns as incoming on known.shop = incoming.shop and known.number = incoming.number
when matched and known._silver_sequence < incoming._silver_sequence then update set refund = incoming.refund, ingestion_date = incoming.ingestion_date, _source_key = incoming._source_key, _source_version = incoming._source_version, _row_number = incoming._row_number, _run_id = incoming._run_id, _silver_sequence = incoming._silver_sequence, _is_deleted = incoming._is_deleted
when not matched then insert (shop, number, refund, ingestion_date, _source_key, _source_version, _row_number, _run_id, _silver_sequence, _is_deleted) values (incoming.shop, incoming.number, incoming.refund, incoming.ingestion_date, incoming._source_key, incoming._source_version, incoming._row_number, incoming._run_id, incoming._silver_sequence, incoming._is_deleted)`,
      'commit',
    ]);
  });

  it('names no more files in one copy than Snowflake takes, and each once', () => {
    const files = Array.from({ length: 2001 }, (_, place) => `run/changes/part-${place}.parquet`);
    const copies = publishStatements({ ...TABLE, runId: 'run', files }).filter((sql) => sql.startsWith('copy into '));
    const named = copies.map((sql) => [...sql.matchAll(/'(run[^']*)'/g)].map(([, file]) => file));
    expect(named.map(({ length }) => length)).toEqual([1000, 1000, 1]);
    expect(named.flat()).toEqual(files);
  });
});

it('changed rows lie where Snowflake can read them if they are for it, and nowhere else', () => {
  const folder = (...targets: ('rds' | 'redshift' | 'snowflake')[]) => changesFolder({ targets }, 'run');
  expect(folder('redshift')).toBe('run/changes/');
  expect(folder('redshift', 'snowflake')).toBe('snowflake/run/changes/');
  expect(folder('snowflake', 'rds')).toBe('snowflake/run/changes/');
});
