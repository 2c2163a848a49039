-- grain: one row per mart, day and region or store that differs from staging   key: mart, sales_date, member
-- invariant: empty, but for days before the window that a late batch, a late store or a correction has changed
-- mend: dbt run --select marts --vars '{rebuild_from: <the first of the days>}'
{{ config(materialized='view') }}

with sales as (select * from {{ ref('stg_sales') }}),

stores as (select * from {{ ref('stg_stores') }}),

by_store as (select * from {{ ref('daily_sales_by_store') }}),

by_region as (select * from {{ ref('daily_sales_by_region') }}),

baskets as (select * from {{ ref('daily_baskets') }}),

sales_with_region as (
    select
        sales.*,
        coalesce(stores.state, 'unknown') as region
    from sales
    left join stores on sales.store_token = stores.store_token
),

{# What staging says counts for a mart, what the mart says against it. -#}
{% set sides = [
    ('daily_sales_by_store', 'store_token', 'amount', '1', 'sales'),
    ('daily_sales_by_store', 'store_token', '-amount', '-transactions', 'by_store'),
    ('daily_baskets', 'store_token', 'amount', '1', 'sales'),
    ('daily_baskets', 'store_token', '-(amount + amount_without_receipt)', '-(items + items_without_receipt)', 'baskets'),
    ('daily_sales_by_region', 'region', 'amount', '1', 'sales_with_region'),
    ('daily_sales_by_region', 'region', '-amount', '-transactions', 'by_region'),
] -%}
signed as (
    {%- for mart, member, amount, transactions, relation in sides %}
        select
            '{{ mart }}' as mart,
            sales_date,
            {{ member }} as member,
            {{ amount }} as amount,
            {{ transactions }} as transactions
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

differences as (
    select
        mart,
        sales_date,
        member,
        sum(cast(amount as decimal(28, 2))) as missing_amount,
        sum(cast(transactions as integer)) as missing_transactions
    from signed
    group by mart, sales_date, member
)

select * from differences
where missing_amount != 0 or missing_transactions != 0
