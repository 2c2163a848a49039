-- invariant: rows of RAW = headers + rejected + candidates for staging, table by table
{% set sales = ['store_token', 'transaction_id', 'receipt_token', 'transaction_time', 'amount', 'user_role'] %}
{% set stores = ['store_group', 'store_token', 'store_name', 'city', 'state', 'opened_on'] %}

with counts as (
    select
        'sales' as table_name,
        (select count(*) from {{ source('raw', 'sales') }}) as rows_of_raw,
        (select count(*) from {{ source('raw', 'sales') }} where {{ is_header_row(sales) }}) as headers,
        (select count(*) from {{ ref('stg_sales_rejected') }}) as rejected,
        (select count(*) from {{ ref('base_sales') }} where is_candidate) as candidates
    union all
    select
        'stores' as table_name,
        (select count(*) from {{ source('raw', 'stores') }}) as rows_of_raw,
        (select count(*) from {{ source('raw', 'stores') }} where {{ is_header_row(stores) }}) as headers,
        (select count(*) from {{ ref('stg_stores_rejected') }}) as rejected,
        (select count(*) from {{ ref('base_stores') }} where is_candidate) as candidates
)

select * from counts
where rows_of_raw != headers + rejected + candidates
