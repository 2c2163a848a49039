-- Of the products that were looked at. As of a product's own latest snapshot, never of the clock.
create temp table stock_cover_known as
select stock_cover.* from marts.stock_cover
where stock_cover.product_id in (select touched_product.product_id from touched_product);

create temp table stock_cover_rows as
with latest as (
    select
        fact_inventory.product_id,
        max(fact_inventory.date_key) as counted_on
    from core.fact_inventory
    where fact_inventory.product_id in (select touched_product.product_id from touched_product)
    group by fact_inventory.product_id
),

stock as (
    select
        latest.product_id,
        latest.counted_on,
        sum(fact_inventory.on_hand) as on_hand,
        sum(fact_inventory.available) as available,
        sum(fact_inventory.reorder_level) as reorder_level
    from latest
    inner join core.fact_inventory
        on
            latest.product_id = fact_inventory.product_id
            and latest.counted_on = fact_inventory.date_key
    group by latest.product_id, latest.counted_on
),

demand as (
    select
        latest.product_id,
        sum(fact_sales.quantity) as units_sold
    from latest
    inner join core.dim_product on latest.product_id = dim_product.product_id
    inner join core.fact_sales
        on
            dim_product.product_key = fact_sales.product_key
            and fact_sales.date_key > dateadd(day, -28, latest.counted_on)
            and latest.counted_on >= fact_sales.date_key
    where
        coalesce(fact_sales.order_status, '-') not in ('cancelled', 'returned')
        and fact_sales.date_key > (select dateadd(day, -28, min(oldest.counted_on)) from latest as oldest)
    group by latest.product_id
)

select
    stock.product_id,
    stock.counted_on,
    stock.on_hand,
    stock.available,
    coalesce(demand.units_sold, 0) as units_sold,
    cast(28.0 * stock.available / nullif(demand.units_sold, 0) as decimal(18, 1)) as days_of_cover,
    stock.available <= stock.reorder_level as is_below_reorder_level
from stock
left join demand on stock.product_id = demand.product_id;
