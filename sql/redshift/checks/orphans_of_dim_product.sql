-- Every fact points to a state of a product that is there: facts that came, and those of states that went.
with gone as (
    select dim_product_removed.product_key from dim_product_removed
    except
    select dim_product.product_key from core.dim_product
)

select fact_sales_added.order_id as example from fact_sales_added
left join core.dim_product on fact_sales_added.product_key = dim_product.product_key
where dim_product.product_key is null
union all
select fact_sales.order_id from core.fact_sales
where fact_sales.product_key in (select gone.product_key from gone)
union all
select fact_web_events_added.event_id from fact_web_events_added
left join core.dim_product on fact_web_events_added.product_key = dim_product.product_key
where dim_product.product_key is null
union all
select fact_web_events.event_id from core.fact_web_events
where fact_web_events.product_key in (select gone.product_key from gone)
union all
select fact_inventory_added.product_id from fact_inventory_added
left join core.dim_product on fact_inventory_added.product_key = dim_product.product_key
where dim_product.product_key is null
union all
select fact_inventory.product_id from core.fact_inventory
where fact_inventory.product_key in (select gone.product_key from gone)
