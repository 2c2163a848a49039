-- An event is looked at when it came, and when a state of its customer or product came, went or moved.
create temp table fact_web_events_event as
with changed_customer as (
    select dim_customer_added.customer_id from dim_customer_added
    union
    select dim_customer_removed.customer_id from dim_customer_removed
),

changed_product as (
    select dim_product_added.product_id from dim_product_added
    union
    select dim_product_removed.product_id from dim_product_removed
)

select touched_event.event_id from touched_event
union
select web_events.event_id from staging.web_events
where
    web_events.customer_id in (select changed_customer.customer_id from changed_customer)
    or web_events.product_id in (select changed_product.product_id from changed_product);

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
