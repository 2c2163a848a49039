-- referenced_customer: what facts that are looked at say now. touched_customer: that, what they said before, and who
-- changed.
-- inferred_customer: those of whom nothing is known but that a fact refers to them; an order without lines is none.
create temp table referenced_customer as
select orders.customer_id from staging.orders
inner join staging.order_items on orders.order_id = order_items.order_id
where
    not orders._is_deleted
    and not order_items._is_deleted
    and orders.order_id in (select touched_order.order_id from touched_order)
union
select web_events.customer_id from staging.web_events
where
    not web_events._is_deleted
    and web_events.customer_id is not null
    and web_events.event_id in (select touched_event.event_id from touched_event);

create temp table touched_customer as
select customers.customer_id from staging.customers
where customers._run_id in (select pending_load.run_id from pending_load where pending_load.dataset = 'customers')
union
select referenced_customer.customer_id from referenced_customer
union
select dim_customer.customer_id from core.fact_sales
inner join core.dim_customer on fact_sales.customer_key = dim_customer.customer_key
where fact_sales.order_id in (select touched_order.order_id from touched_order) and fact_sales.customer_key <> -1
union
select dim_customer.customer_id from core.fact_web_events
inner join core.dim_customer on fact_web_events.customer_key = dim_customer.customer_key
where
    fact_web_events.event_id in (select touched_event.event_id from touched_event)
    and fact_web_events.customer_key <> -1;

create temp table unknown_customer as
select touched_customer.customer_id from touched_customer
except
select customers.customer_id from staging.customers where not customers._is_deleted;

create temp table inferred_customer as
with unknown_state as (
    select
        dim_customer.customer_id,
        dim_customer.customer_key
    from core.dim_customer
    where dim_customer.customer_id in (select unknown_customer.customer_id from unknown_customer)
)

select unknown_customer.customer_id from unknown_customer
where unknown_customer.customer_id in (select referenced_customer.customer_id from referenced_customer)
union
select unknown_state.customer_id from core.fact_sales
inner join unknown_state on fact_sales.customer_key = unknown_state.customer_key
where fact_sales.order_id not in (select touched_order.order_id from touched_order)
union
select unknown_state.customer_id from core.fact_web_events
inner join unknown_state on fact_web_events.customer_key = unknown_state.customer_key
where fact_web_events.event_id not in (select touched_event.event_id from touched_event);
