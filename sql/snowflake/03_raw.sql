-- RAW: the rows of the files as they were, text by text, and where each came from. No keys: a row may come twice.
-- grain: one row per record of a file   invariant: the rows with one file_name are exactly that file's records
-- Only grows, but for a replay, which deletes a file's rows and copies it again in one transaction.
-- A header that is not on the file's first line is a row here; staging filters it.
-- Needs 01. A second run changes nothing.

use role sysadmin;

create table if not exists assay.raw.stores (
    store_group varchar,
    store_token varchar,
    store_name varchar,
    city varchar,
    state varchar,
    opened_on varchar,
    -- The first cell beyond those above: null in every row that has no more.
    extra varchar,
    -- From the file's name.
    batch_date date not null,
    -- When it was copied: what staging has not seen is later than what it has.
    loaded_at timestamp_ltz not null,
    -- The file's key in the inbox, and the record's place in it.
    file_name varchar not null,
    file_row_number number not null
);

create table if not exists assay.raw.sales (
    store_token varchar,
    transaction_id varchar,
    receipt_token varchar,
    transaction_time varchar,
    amount varchar,
    user_role varchar,
    extra varchar,
    batch_date date not null,
    loaded_at timestamp_ltz not null,
    file_name varchar not null,
    file_row_number number not null
);
