-- What did customers spend from one day to another, both included, by the segment and tier that they had when they
-- ordered, and what are these customers today? Summed by the first two columns it is what was so at the time, by the
-- next two what it would be if the dimension kept no history.
-- parameters: from_day=2025-01-01, to_day=2025-12-31
-- grain: a segment and a tier at the time, and those of today   key: these four columns
-- invariant: sum(net_amount) = sum(net_amount) of marts.daily_sales of these days; who is not known is (unknown)
with sales as (
    select
        coalesce(at_the_time.segment, '(unknown)') as segment_then,
        coalesce(at_the_time.loyalty_tier, '(unknown)') as loyalty_tier_then,
        coalesce(today.segment, '(unknown)') as segment_today,
        coalesce(today.loyalty_tier, '(unknown)') as loyalty_tier_today,
        nullif(today.customer_id, '(none)') as customer_id,
        fact_sales.order_id,
        fact_sales.net_amount
    from core.fact_sales
    inner join core.dim_customer as at_the_time on fact_sales.customer_key = at_the_time.customer_key
    inner join core.dim_customer as today on at_the_time.customer_id = today.customer_id and today.is_current
    where
        fact_sales.date_key >= cast(:from_day as date)
        and fact_sales.date_key <= cast(:to_day as date)
)

select
    sales.segment_then,
    sales.loyalty_tier_then,
    sales.segment_today,
    sales.loyalty_tier_today,
    count(distinct sales.customer_id) as customers,
    count(distinct sales.order_id) as orders,
    cast(sum(sales.net_amount) as decimal(38, 2)) as net_amount
from sales
group by sales.segment_then, sales.loyalty_tier_then, sales.segment_today, sales.loyalty_tier_today
order by sales.segment_then, sales.loyalty_tier_then, sales.segment_today, sales.loyalty_tier_today
