import { describe, expect, it } from 'vitest';
import type { Model } from '../../contracts/contract';
import { rdsDdl, tableDdl } from '../../contracts/table-ddl';
import { historyTable, qualityTable, quarantineTable, rowsTable } from '../../contracts/tables';
import { purchases } from './purchases';

const [model] = purchases().models as [Model];
const PROPERTIES =
  "tblproperties ('format-version' = '2', 'write.distribution-mode' = 'none', " +
  "'write.parquet.compression-codec' = 'zstd', 'commit.retry.num-retries' = '20', 'write.target-file-size-bytes' = '134217728')";

describe('the tables of purchases', () => {
  it('keep every accepted row with its source', () => {
    expect(tableDdl(rowsTable(purchases()))).toBe(
      `create table if not exists silver.purchases_by_file (
    purchase_id string,
    customer_id string,
    first_name string,
    last_name string,
    email string,
    product string,
    quantity int,
    amount_aud decimal(18,2),
    purchase_date date,
    ingestion_date date,
    _source_key string,
    _source_version string,
    _source_modified_at timestamp,
    _row_number bigint,
    _run_id string,
    _released_by string,
    _is_current boolean
)
using iceberg
partitioned by (ingestion_date)
${PROPERTIES}`,
    );
  });

  it('keep every refused row with its reasons', () => {
    expect(tableDdl(quarantineTable(purchases()))).toBe(
      `create table if not exists quarantine.purchases (
    _raw string,
    _row_number bigint,
    _line_number bigint,
    reasons array<struct<rule:string,column:string,value:string>>,
    ingestion_date date,
    _source_key string,
    _source_version string,
    _source_modified_at timestamp,
    _contract_version string,
    _run_id string,
    _quarantined_at timestamp,
    _released_by string
)
using iceberg
partitioned by (ingestion_date)
${PROPERTIES}`,
    );
  });

  it('keep the scores of every run', () => {
    expect(tableDdl(qualityTable(purchases()))).toBe(
      `create table if not exists quality.purchases (
    dimension string,
    passed bigint,
    total bigint,
    score double,
    threshold double,
    is_met boolean,
    ingestion_date date,
    _source_key string,
    _source_version string,
    _contract_version string,
    _run_id string,
    _scored_at timestamp
)
using iceberg
partitioned by (ingestion_date)
${PROPERTIES}`,
    );
  });

  it('keep a model as of every day', () => {
    expect(tableDdl(historyTable(model))).toBe(
      `create table if not exists gold.customer_purchase_summary_by_day (
    customer_id string,
    full_name string,
    email string,
    total_spent_aud decimal(28,2),
    first_purchase_date date,
    last_purchase_date date,
    ingestion_date date,
    year string,
    month string,
    day string,
    _silver_sequence bigint,
    _run_id string
)
using iceberg
partitioned by (year, month, day)
${PROPERTIES}`,
    );
  });

  it('are in PostgreSQL what its own types call them', () => {
    expect(rdsDdl(model)).toBe(
      `create table if not exists customer_purchase_summary (
    customer_id text not null,
    full_name text,
    email text,
    total_spent_aud numeric(28, 2) not null,
    first_purchase_date date not null,
    last_purchase_date date not null,
    silver_sequence bigint not null,
    updated_at timestamptz not null default now(),
    constraint customer_purchase_summary_pkey primary key (customer_id)
);
`,
    );
  });
});
