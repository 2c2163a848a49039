-- A month that was built again adds up to its days.
with published as (
    select
        cast(date_trunc('month', daily_sales.date_key) as date) as month_start,
        sum(daily_sales.net_amount) as net_amount
    from marts.daily_sales
    where
        cast(date_trunc('month', daily_sales.date_key) as date) in (
            select yearly_growth_month.month_start from yearly_growth_month
        )
    group by cast(date_trunc('month', daily_sales.date_key) as date)
),

built as (
    select
        yearly_growth.month_start,
        sum(yearly_growth.net_amount) as net_amount
    from marts.yearly_growth
    where yearly_growth.month_start in (select yearly_growth_month.month_start from yearly_growth_month)
    group by yearly_growth.month_start
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

select cast(differences.month_start as varchar(10)) as example from differences
