-- grain: one row per store   key: store_token
-- invariant: a key has the values of its latest candidate in base_stores, in whatever order the files came
{% set keys = ['store_token'] %}
{% set columns = keys + [
    'store_group', 'store_name', 'city', 'state', 'opened_on',
    'batch_date', 'loaded_at', 'file_name', 'file_row_number',
] %}
{{ config(materialized='incremental', incremental_strategy='merge', unique_key=keys) }}

{{ latest_rows(ref('base_stores'), keys, columns) }}
