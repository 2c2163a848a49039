-- How many sessions came from where, on what, and how far did they come, from one day to another, both included?
-- A session that is awake at midnight counts on both days; each rate is a share of the sessions of the step before.
-- parameters: from_day=2025-01-01, to_day=2025-12-31
-- grain: a traffic source and a device   key: traffic_source, device   invariant: a rate is null where nobody came
with funnel as (
    select
        conversion_funnel.traffic_source,
        conversion_funnel.device,
        cast(sum(conversion_funnel.sessions) as bigint) as sessions,
        cast(sum(conversion_funnel.product_views) as bigint) as product_views,
        cast(sum(conversion_funnel.carts) as bigint) as carts,
        cast(sum(conversion_funnel.checkouts) as bigint) as checkouts,
        cast(sum(conversion_funnel.purchases) as bigint) as purchases
    from marts.conversion_funnel
    where
        conversion_funnel.date_key >= cast(:from_day as date)
        and conversion_funnel.date_key <= cast(:to_day as date)
    group by conversion_funnel.traffic_source, conversion_funnel.device
)

select
    funnel.traffic_source,
    funnel.device,
    funnel.sessions,
    funnel.product_views,
    funnel.carts,
    funnel.checkouts,
    funnel.purchases,
    cast(cast(funnel.product_views as decimal(18, 4)) / nullif(funnel.sessions, 0) as decimal(18, 4)) as view_rate,
    cast(cast(funnel.carts as decimal(18, 4)) / nullif(funnel.product_views, 0) as decimal(18, 4)) as cart_rate,
    cast(cast(funnel.checkouts as decimal(18, 4)) / nullif(funnel.carts, 0) as decimal(18, 4)) as checkout_rate,
    cast(cast(funnel.purchases as decimal(18, 4)) / nullif(funnel.checkouts, 0) as decimal(18, 4)) as purchase_rate,
    cast(cast(funnel.purchases as decimal(18, 4)) / nullif(funnel.sessions, 0) as decimal(18, 4)) as conversion_rate
from funnel
order by funnel.sessions desc, funnel.traffic_source asc, funnel.device asc
