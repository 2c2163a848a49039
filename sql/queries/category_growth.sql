-- How did each category grow in a year against the year before? Of a year that is not over, up to its last day with
-- sales, against the same days of the year before. The months are in marts.yearly_growth, which has no row for a month
-- in which a category sold nothing; so this adds up days.
-- parameters: year=2025
-- grain: a category that sold in one of the two years   key: category   invariant: growth is null without sales before
with asked as (
    select cast(cast(:year as varchar(4)) || '-01-01' as date) as first_day
),

span as (
    select
        asked.first_day,
        max(daily_sales.date_key) as last_day
    from asked
    inner join marts.daily_sales
        on
            asked.first_day <= daily_sales.date_key
            and add_months(asked.first_day, 12) > daily_sales.date_key
    group by asked.first_day
),

sales as (
    select
        daily_sales.category,
        cast(
            sum(case when daily_sales.date_key >= span.first_day then daily_sales.net_amount else 0 end)
            as decimal(18, 2)
        ) as net_amount,
        cast(
            sum(case when daily_sales.date_key < span.first_day then daily_sales.net_amount else 0 end)
            as decimal(18, 2)
        ) as net_amount_year_before
    from span
    inner join marts.daily_sales
        on
            add_months(span.first_day, -12) <= daily_sales.date_key
            and span.last_day >= daily_sales.date_key
            and (span.first_day <= daily_sales.date_key or add_months(span.last_day, -12) >= daily_sales.date_key)
    group by daily_sales.category
)

select
    sales.category,
    sales.net_amount,
    sales.net_amount_year_before,
    cast(
        (sales.net_amount - sales.net_amount_year_before) / nullif(sales.net_amount_year_before, 0) as decimal(18, 4)
    ) as growth
from sales
order by sales.net_amount desc, sales.category asc
