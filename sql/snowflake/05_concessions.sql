-- grain: one row per concession   key: concession_id
-- invariant: the current rows of silver.concessions; what is gone there is marked by _is_deleted
-- Made by: npx assay contract ddl concessions --target snowflake. Needs 04. A second run changes nothing.

use role sysadmin;

create table if not exists assay.published.concessions (
    concession_id varchar not null,
    store_token varchar,
    reference varchar,
    status varchar,
    opened_on date,
    updated_at timestamp_ntz,
    ingestion_date date,
    _source_key varchar,
    _source_version varchar,
    _row_number number(19, 0),
    _run_id varchar not null,
    _silver_sequence number(19, 0) not null,
    _is_deleted boolean not null,
    primary key (concession_id)
);
