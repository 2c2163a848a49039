-- An event is looked at when it came, and when it points to a state of a customer or product that went or ends before
-- it now.
create temp table fact_web_events_event as
with moved_customer as (
    select
        gone.customer_key,
        coalesce(here.valid_to, gone.valid_from) as moved_from
    from dim_customer_removed as gone
    left join dim_customer_added as here on gone.customer_key = here.customer_key
    where here.customer_key is null or here.valid_to < gone.valid_to
),

moved_product as (
    select
        gone.product_key,
        coalesce(here.valid_to, gone.valid_from) as moved_from
    from dim_product_removed as gone
    left join dim_product_added as here on gone.product_key = here.product_key
    where here.product_key is null or here.valid_to < gone.valid_to
)

select touched_event.event_id from touched_event
union
select fact_web_events.event_id from core.fact_web_events
inner join moved_customer on fact_web_events.customer_key = moved_customer.customer_key
where fact_web_events.occurred_at >= moved_customer.moved_from
union
select fact_web_events.event_id from core.fact_web_events
inner join moved_product on fact_web_events.product_key = moved_product.product_key
where fact_web_events.occurred_at >= moved_product.moved_from;

create temp table fact_web_events_known as
select fact_web_events.* from core.fact_web_events
where fact_web_events.event_id in (select fact_web_events_event.event_id from fact_web_events_event);

create temp table fact_web_events_rows as
select
    web_events.event_id,
    web_events.session_id,
    cast(web_events.occurred_at as date) as date_key,
    web_events.occurred_at,
    coalesce(customer.customer_key, -1) as customer_key,
    coalesce(product.product_key, -1) as product_key,
    web_events.event_type,
    web_events.order_id,
    web_events.device,
    web_events.traffic_source,
    web_events.page_path
from staging.web_events
inner join fact_web_events_event on web_events.event_id = fact_web_events_event.event_id
left join core.dim_customer as customer
    on
        web_events.customer_id = customer.customer_id
        and web_events.occurred_at >= customer.valid_from
        and web_events.occurred_at < customer.valid_to
left join core.dim_product as product
    on
        web_events.product_id = product.product_id
        and web_events.occurred_at >= product.valid_from
        and web_events.occurred_at < product.valid_to
where not web_events._is_deleted;
