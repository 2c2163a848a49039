-- grain: one row per refused row of raw.sales   key: file_name, file_row_number
-- invariant: rows of raw.sales = headers + rows here + candidates for stg_sales
-- A view, for RAW keeps the rows: it can neither miss one nor keep one that a replay has mended.
{{ config(materialized='view') }}

with checked as (select * from {{ ref('base_sales') }})

select
    file_name,
    file_row_number,
    rejected_for,
    store_token,
    transaction_id,
    receipt_token,
    time_text as transaction_time,
    amount_text as amount,
    user_role,
    batch_date,
    loaded_at
from checked
where rejected_for is not null
