-- grain: one row per transaction of a store   key: store_token, transaction_id
-- invariant: a key has the values of its latest candidate in base_sales, in whatever order the files came
{% set keys = ['store_token', 'transaction_id'] %}
{% set columns = keys + [
    'receipt_token', 'transaction_time', 'sales_date', 'amount', 'user_role',
    'batch_date', 'loaded_at', 'file_name', 'file_row_number',
] %}
{{ config(materialized='incremental', incremental_strategy='merge', unique_key=keys) }}

{{ latest_rows(ref('base_sales'), keys, columns) }}
