-- grain: one row per refused row of raw.stores   key: file_name, file_row_number
-- invariant: rows of raw.stores = headers + rows here + candidates for stg_stores
-- A view, for RAW keeps the rows: it can neither miss one nor keep one that a replay has mended.
{{ config(materialized='view') }}

with checked as (select * from {{ ref('base_stores') }})

select
    file_name,
    file_row_number,
    rejected_for,
    store_group,
    store_token,
    store_name,
    city,
    state,
    opened_on_text as opened_on,
    batch_date,
    loaded_at
from checked
where rejected_for is not null
