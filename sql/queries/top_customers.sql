-- Who spent most on what was ordered from one day to another, both included?
-- parameters: from_day=2025-01-01, to_day=2025-12-31, limit=10
-- grain: a customer   key: customer_id   invariant: of equal amounts the lower customer_id is first
with spending as (
    select
        dim_customer.customer_id,
        count(distinct fact_sales.order_id) as orders,
        cast(sum(fact_sales.net_amount) as decimal(38, 2)) as net_amount
    from core.fact_sales
    inner join core.dim_customer on fact_sales.customer_key = dim_customer.customer_key
    where
        fact_sales.customer_key <> -1
        and fact_sales.date_key >= cast(:from_day as date)
        and fact_sales.date_key <= cast(:to_day as date)
    group by dim_customer.customer_id
),

ranked as (
    select
        spending.*,
        row_number() over (order by spending.net_amount desc, spending.customer_id asc) as place
    from spending
)

select
    ranked.place,
    ranked.customer_id,
    today.first_name,
    today.last_name,
    today.segment,
    today.loyalty_tier,
    ranked.orders,
    ranked.net_amount
from ranked
inner join core.dim_customer as today on ranked.customer_id = today.customer_id and today.is_current
where ranked.place <= cast(:limit as integer)
order by ranked.place
