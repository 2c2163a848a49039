-- A day is built again when an event of it came, went or changed.
create temp table conversion_funnel_day as
select fact_web_events_added.date_key from fact_web_events_added
union
select fact_web_events_removed.date_key from fact_web_events_removed;

create temp table conversion_funnel_known as
select conversion_funnel.* from marts.conversion_funnel
where conversion_funnel.date_key in (select conversion_funnel_day.date_key from conversion_funnel_day);

create temp table conversion_funnel_rows as
with sessions as (
    select
        fact_web_events.date_key,
        fact_web_events.traffic_source,
        fact_web_events.device,
        fact_web_events.session_id,
        count(*) as events,
        max(case when fact_web_events.event_type = 'product_view' then 1 else 0 end) as has_view,
        max(case when fact_web_events.event_type = 'add_to_cart' then 1 else 0 end) as has_cart,
        max(case when fact_web_events.event_type = 'checkout' then 1 else 0 end) as has_checkout,
        max(case when fact_web_events.event_type = 'purchase' then 1 else 0 end) as has_purchase
    from core.fact_web_events
    where fact_web_events.date_key in (select conversion_funnel_day.date_key from conversion_funnel_day)
    group by
        fact_web_events.date_key,
        fact_web_events.traffic_source,
        fact_web_events.device,
        fact_web_events.session_id
)

select
    date_key,
    traffic_source,
    device,
    cast(sum(events) as bigint) as events,
    count(*) as sessions,
    cast(sum(has_view) as bigint) as product_views,
    cast(sum(has_cart) as bigint) as carts,
    cast(sum(has_checkout) as bigint) as checkouts,
    cast(sum(has_purchase) as bigint) as purchases
from sessions
group by date_key, traffic_source, device;
