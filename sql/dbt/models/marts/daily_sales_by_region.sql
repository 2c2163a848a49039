-- grain: one row per day (UTC) and region, which is the store's state or 'unknown'   key: sales_date, region
-- invariant: per day, sum(amount) = sum of stg_sales.amount, sum(transactions) = rows of stg_sales
{{ config(materialized='incremental', incremental_strategy='whole_days') }}

with sales as (select * from {{ ref('stg_sales') }}),

stores as (select * from {{ ref('stg_stores') }}),

sales_of_window as (
    select * from sales
    {% if is_incremental() %}where sales_date >= {{ first_day_to_rebuild(this) }}{% endif %}
),

sales_with_region as (
    select
        sales_of_window.*,
        coalesce(stores.state, 'unknown') as region
    from sales_of_window
    left join stores on sales_of_window.store_token = stores.store_token
)

select
    sales_date,
    region,
    cast(sum(cast(amount as decimal(28, 2))) as decimal(28, 2)) as amount,
    cast(sum(cast(iff(amount < 0, amount, 0) as decimal(28, 2))) as decimal(28, 2)) as refunded_amount,
    count(*) as transactions,
    count(distinct store_token) as stores,
    max(batch_date) as last_batch_date
from sales_with_region
group by sales_date, region
