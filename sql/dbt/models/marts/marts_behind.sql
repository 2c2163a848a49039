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

-- What staging says counts for a mart, what the mart says against it.
signed as (
    select
        'daily_sales_by_store' as mart,
        sales_date,
        store_token as member,
        amount as amount,
        1 as transactions
    from sales
    union all
    select
        'daily_baskets' as mart,
        sales_date,
        store_token as member,
        amount as amount,
        1 as transactions
    from sales
    union all
    select
        'daily_sales_by_region' as mart,
        sales_date,
        region as member,
        amount as amount,
        1 as transactions
    from sales_with_region
    union all
    select
        'daily_sales_by_store' as mart,
        sales_date,
        store_token as member,
        -amount as amount,
        -transactions as transactions
    from by_store
    union all
    select
        'daily_sales_by_region' as mart,
        sales_date,
        region as member,
        -amount as amount,
        -transactions as transactions
    from by_region
    union all
    select
        'daily_baskets' as mart,
        sales_date,
        store_token as member,
        -amount - amount_without_receipt as amount,
        -items - items_without_receipt as transactions
    from baskets
),

select
    mart,
    sales_date,
    member,
    cast(sum(amount) as decimal(28, 2)) as missing_amount,
    cast(sum(transactions) as integer) as missing_transactions
from signed
group by mart, sales_date, member
having sum(amount) != 0 or sum(transactions) != 0
