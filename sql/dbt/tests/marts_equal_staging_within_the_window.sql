-- invariant: of every day in the window the marts say what staging says
with differences as (select * from {{ ref('marts_behind') }}),

last_batch as (
    select cast(dateadd(day, -{{ var('lookback_days') }}, max(batch_date)) as date) as first_day
    from {{ ref('stg_sales') }}
)

select differences.* from differences
inner join last_batch
    on differences.sales_date >= last_batch.first_day
