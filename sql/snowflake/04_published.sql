-- PUBLISHED: checked rows of the lake, as in silver: one row a key, and a ledger of the runs that brought them.
-- load_ledger: grain: one row per run   key: run_id   invariant: a run has a row here if, and only if, its rows are
-- merged, for both are one transaction.
-- The datasets' tables are 05 and later, made of their contracts (npx assay contract ddl DATASET --target snowflake).
-- Needs 01 and 02. A second run changes nothing.

use role sysadmin;

create schema if not exists assay.published with managed access comment = 'One row a key, checked in the lake';

create table if not exists assay.published.load_ledger (
    run_id varchar not null,
    dataset varchar not null,
    -- How many rows of the run were later than what was there.
    rows_merged number(19, 0),
    loaded_at timestamp_ltz not null,
    primary key (run_id)
);

use role securityadmin;

-- Loader: merges, which is to insert and to update. Deletes nothing: a row that is gone from the lake stays, marked.
-- What it copies files into is a temporary table, for which nothing has to be granted.
grant usage on schema assay.published to role assay_loader;
grant select, insert, update on all tables in schema assay.published to role assay_loader;
grant select, insert, update on future tables in schema assay.published to role assay_loader;

-- Reader: all of it, and changes nothing.
grant usage on schema assay.published to role assay_reader;
grant select on all tables in schema assay.published to role assay_reader;
grant select on future tables in schema assay.published to role assay_reader;
