-- Whole years, so that a query finds the days without facts too. A year is taken away by a full refresh alone.
create temp table dim_date_known as
select dim_date.* from core.dim_date;

create temp table dim_date_rows as
with days as (
    select cast(order_items.ordered_at as date) as day from staging.order_items
    where not order_items._is_deleted and order_items.order_id in (select touched_order.order_id from touched_order)
    union
    select cast(web_events.occurred_at as date) from staging.web_events
    where not web_events._is_deleted and web_events.event_id in (select touched_event.event_id from touched_event)
    union
    select touched_snapshot.snapshot_date from touched_snapshot
    union
    select dim_date_known.date_key from dim_date_known
),

years as (
    select distinct cast(date_trunc('year', days.day) as date) as first_day from days
),

digits as (
    select 0 as digit
    union all
    select 1
    union all
    select 2
    union all
    select 3
    union all
    select 4
    union all
    select 5
    union all
    select 6
    union all
    select 7
    union all
    select 8
    union all
    select 9
),

numbers as (
    select ones.digit + 10 * tens.digit + 100 * hundreds.digit as number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
),

calendar as (
    select cast(dateadd(day, numbers.number, years.first_day) as date) as date_key
    from years
    inner join numbers on dateadd(day, numbers.number, years.first_day) < dateadd(year, 1, years.first_day)
)

select
    date_key,
    cast(extract(year from date_key) as smallint) as year,
    cast(extract(quarter from date_key) as smallint) as quarter,
    cast(extract(month from date_key) as smallint) as month,
    trim(to_char(date_key, 'Month')) as month_name,
    cast(extract(week from date_key) as smallint) as week,
    cast(extract(day from date_key) as smallint) as day_of_month,
    cast(case when extract(dow from date_key) = 0 then 7 else extract(dow from date_key) end as smallint)
        as day_of_week,
    trim(to_char(date_key, 'Day')) as day_name,
    extract(dow from date_key) in (0, 6) as is_weekend,
    cast(date_trunc('month', date_key) as date) as month_start,
    cast(date_trunc('quarter', date_key) as date) as quarter_start
from calendar;
