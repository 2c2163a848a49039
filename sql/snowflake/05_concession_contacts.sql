-- grain: one row per contact of an adjustment   key: concession_id, line_id, adjustment_id, contact_id
-- invariant: the current rows of silver.concession_contacts; what is gone there is marked by _is_deleted
-- Made by: npx assay contract ddl concession_contacts --target snowflake. Needs 04. A second run changes nothing.

use role sysadmin;

create table if not exists assay.published.concession_contacts (
    concession_id varchar not null,
    line_id number(10, 0) not null,
    adjustment_id varchar not null,
    contact_id varchar not null,
    role varchar,
    name varchar,
    email varchar,
    updated_at timestamp_ntz,
    ingestion_date date,
    _source_key varchar,
    _source_version varchar,
    _row_number number(19, 0),
    _run_id varchar not null,
    _silver_sequence number(19, 0) not null,
    _is_deleted boolean not null,
    primary key (concession_id, line_id, adjustment_id, contact_id)
);
