-- A month is built again when a day of it changed, and so is the month a year later, which is compared with it.
create temp table yearly_growth_month as
with months as (
    select cast(date_trunc('month', daily_sales_added.date_key) as date) as month_start from daily_sales_added
    union
    select cast(date_trunc('month', daily_sales_removed.date_key) as date) from daily_sales_removed
)

select months.month_start from months
union
select cast(add_months(months.month_start, 12) as date) from months;

create temp table yearly_growth_known as
select yearly_growth.* from marts.yearly_growth
where yearly_growth.month_start in (select yearly_growth_month.month_start from yearly_growth_month);

create temp table yearly_growth_rows as
with needed as (
    select yearly_growth_month.month_start from yearly_growth_month
    union
    select cast(add_months(yearly_growth_month.month_start, -12) as date) from yearly_growth_month
),

monthly as (
    select
        cast(date_trunc('month', daily_sales.date_key) as date) as month_start,
        daily_sales.category,
        cast(sum(daily_sales.net_amount) as decimal(38, 2)) as net_amount
    from marts.daily_sales
    where cast(date_trunc('month', daily_sales.date_key) as date) in (select needed.month_start from needed)
    group by cast(date_trunc('month', daily_sales.date_key) as date), daily_sales.category
)

select
    this_year.month_start,
    this_year.category,
    this_year.net_amount,
    year_before.net_amount as net_amount_year_before,
    cast(
        (this_year.net_amount - year_before.net_amount) / nullif(year_before.net_amount, 0) as decimal(18, 4)
    ) as growth
from monthly as this_year
inner join yearly_growth_month on this_year.month_start = yearly_growth_month.month_start
left join monthly as year_before on
    this_year.category = year_before.category
    and year_before.month_start = cast(add_months(this_year.month_start, -12) as date);
