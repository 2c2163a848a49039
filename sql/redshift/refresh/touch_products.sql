-- As touch_customers.sql, of products.
create temp table referenced_product as
select order_items.product_id from staging.order_items
where not order_items._is_deleted and order_items.order_id in (select touched_order.order_id from touched_order)
union
select web_events.product_id from staging.web_events
where
    not web_events._is_deleted
    and web_events.product_id is not null
    and web_events.event_id in (select touched_event.event_id from touched_event)
union
select inventory.product_id from staging.inventory
inner join touched_snapshot
    on
        inventory.snapshot_date = touched_snapshot.snapshot_date
        and inventory.product_id = touched_snapshot.product_id
        and inventory.warehouse_code = touched_snapshot.warehouse_code
where not inventory._is_deleted;

create temp table touched_product as
select products.product_id from staging.products
where products._run_id in (select pending_load.run_id from pending_load where pending_load.dataset = 'products')
union
select referenced_product.product_id from referenced_product
union
select touched_snapshot.product_id from touched_snapshot
union
select dim_product.product_id from core.fact_sales
inner join core.dim_product on fact_sales.product_key = dim_product.product_key
where fact_sales.order_id in (select touched_order.order_id from touched_order) and fact_sales.product_key <> -1
union
select dim_product.product_id from core.fact_web_events
inner join core.dim_product on fact_web_events.product_key = dim_product.product_key
where
    fact_web_events.event_id in (select touched_event.event_id from touched_event)
    and fact_web_events.product_key <> -1;

create temp table unknown_product as
select touched_product.product_id from touched_product
except
select products.product_id from staging.products where not products._is_deleted;

create temp table inferred_product as
with unknown_state as (
    select
        dim_product.product_id,
        dim_product.product_key
    from core.dim_product
    where dim_product.product_id in (select unknown_product.product_id from unknown_product)
)

select unknown_product.product_id from unknown_product
where unknown_product.product_id in (select referenced_product.product_id from referenced_product)
union
select unknown_state.product_id from core.fact_sales
inner join unknown_state on fact_sales.product_key = unknown_state.product_key
where fact_sales.order_id not in (select touched_order.order_id from touched_order)
union
select unknown_state.product_id from core.fact_web_events
inner join unknown_state on fact_web_events.product_key = unknown_state.product_key
where fact_web_events.event_id not in (select touched_event.event_id from touched_event)
union
select unknown_product.product_id from core.fact_inventory
inner join unknown_product on fact_inventory.product_id = unknown_product.product_id
left join touched_snapshot
    on
        fact_inventory.date_key = touched_snapshot.snapshot_date
        and fact_inventory.product_id = touched_snapshot.product_id
        and fact_inventory.warehouse_code = touched_snapshot.warehouse_code
where touched_snapshot.product_id is null;
