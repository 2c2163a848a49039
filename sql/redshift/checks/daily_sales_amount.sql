-- A day that was built again adds up to its lines.
with published as (
    select
        fact_sales.date_key,
        count(*) as order_lines,
        sum(fact_sales.amount) as gross_amount,
        sum(fact_sales.net_amount) as net_amount
    from core.fact_sales
    where fact_sales.date_key in (select daily_sales_day.date_key from daily_sales_day)
    group by fact_sales.date_key
),

built as (
    select
        daily_sales.date_key,
        sum(daily_sales.order_lines) as order_lines,
        sum(daily_sales.gross_amount) as gross_amount,
        sum(daily_sales.net_amount) as net_amount
    from marts.daily_sales
    where daily_sales.date_key in (select daily_sales_day.date_key from daily_sales_day)
    group by daily_sales.date_key
),

differences as (
    (
        select published.* from published
        except
        select built.* from built
    )
    union all
    (
        select built.* from built
        except
        select published.* from published
    )
)

select cast(differences.date_key as varchar(10)) as example from differences
