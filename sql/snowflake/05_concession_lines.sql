-- grain: one row per line of a concession   key: concession_id, line_id
-- invariant: the current rows of silver.concession_lines; what is gone there is marked by _is_deleted
-- Made by: npx assay contract ddl concession_lines --target snowflake. Needs 04. A second run changes nothing.

use role sysadmin;

create table if not exists assay.published.concession_lines (
    concession_id varchar not null,
    line_id number(10, 0) not null,
    sku varchar,
    quantity number(10, 0),
    amount number(18, 2),
    currency varchar,
    updated_at timestamp_ntz,
    ingestion_date date,
    _source_key varchar,
    _source_version varchar,
    _row_number number(19, 0),
    _run_id varchar not null,
    _silver_sequence number(19, 0) not null,
    _is_deleted boolean not null,
    primary key (concession_id, line_id)
);
