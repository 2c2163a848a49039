-- grain: one row per day (UTC) and store   key: sales_date, store_token
-- invariant: per day, sum(amount) = sum of stg_sales.amount, sum(transactions) = rows of stg_sales
{{ config(materialized='incremental', incremental_strategy='whole_days') }}

with sales as (select * from {{ ref('stg_sales') }}),

stores as (select * from {{ ref('stg_stores') }}),

sales_of_window as (
    select * from sales
    {% if is_incremental() %}where sales_date >= {{ first_day_to_rebuild(this) }}{% endif %}
),

days as (
    select
        sales_date,
        store_token,
        sum(cast(amount as decimal(28, 2))) as amount,
        sum(cast(iff(amount < 0, amount, 0) as decimal(28, 2))) as refunded_amount,
        count(*) as transactions,
        max(batch_date) as last_batch_date
    from sales_of_window
    group by sales_date, store_token
)

select
    days.sales_date,
    days.store_token,
    coalesce(stores.store_name, 'unknown') as store_name,
    stores.store_group,
    stores.city,
    coalesce(stores.state, 'unknown') as region,
    stores.store_token is not null as is_known_store,
    cast(days.amount as decimal(28, 2)) as amount,
    cast(days.refunded_amount as decimal(28, 2)) as refunded_amount,
    days.transactions,
    days.last_batch_date
from days
left join stores on days.store_token = stores.store_token
