-- grain: one row per adjustment of a line   key: concession_id, line_id, adjustment_id
-- invariant: the current rows of silver.concession_adjustments; what is gone there is marked by _is_deleted
-- Made by: npx assay contract ddl concession_adjustments --target snowflake. Needs 04.

use role sysadmin;

create table if not exists assay.published.concession_adjustments (
    concession_id varchar not null,
    line_id number(10, 0) not null,
    adjustment_id varchar not null,
    reason varchar,
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
    primary key (concession_id, line_id, adjustment_id)
);
