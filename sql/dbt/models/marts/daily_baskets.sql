-- grain: one row per day (UTC) and store   key: sales_date, store_token
-- A basket is what a receipt of a store has on a day, its items are its transactions.
-- invariant: per day, sum(items) + sum(items_without_receipt) = rows of stg_sales; amount likewise
{{ config(materialized='incremental', incremental_strategy='whole_days') }}

with sales as (select * from {{ ref('stg_sales') }}),

sales_of_window as (
    select * from sales
    {% if is_incremental() %}where sales_date >= {{ first_day_to_rebuild(this) }}{% endif %}
),

baskets as (
    select
        sales_date,
        store_token,
        receipt_token is not null as has_receipt,
        receipt_token,
        count(*) as items,
        sum(cast(amount as decimal(28, 2))) as amount,
        max(batch_date) as last_batch_date
    from sales_of_window
    group by sales_date, store_token, receipt_token
),

days as (
    select
        sales_date,
        store_token,
        sum(cast(has_receipt as integer)) as baskets,
        sum(cast(iff(has_receipt, items, 0) as integer)) as items,
        sum(cast(iff(has_receipt, amount, 0) as decimal(28, 2))) as amount,
        sum(cast(iff(has_receipt, 0, items) as integer)) as items_without_receipt,
        sum(cast(iff(has_receipt, 0, amount) as decimal(28, 2))) as amount_without_receipt,
        max(last_batch_date) as last_batch_date
    from baskets
    group by sales_date, store_token
)

select
    sales_date,
    store_token,
    cast(baskets as integer) as baskets,
    cast(items as integer) as items,
    cast(amount as decimal(28, 2)) as amount,
    cast(items / nullif(baskets, 0) as decimal(28, 2)) as items_per_basket,
    cast(amount / nullif(baskets, 0) as decimal(28, 2)) as average_basket_amount,
    cast(items_without_receipt as integer) as items_without_receipt,
    cast(amount_without_receipt as decimal(28, 2)) as amount_without_receipt,
    last_batch_date
from days
