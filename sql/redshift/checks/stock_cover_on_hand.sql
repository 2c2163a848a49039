-- The stock of a product is what its warehouses had at the latest of its days.
with latest as (
    select
        counted.product_id,
        max(counted.date_key) as counted_on
    from core.fact_inventory as counted
    where counted.product_id in (select touched_product.product_id from touched_product)
    group by counted.product_id
),

published as (
    select
        latest.product_id,
        latest.counted_on,
        sum(fact_inventory.on_hand) as on_hand
    from core.fact_inventory
    inner join latest on fact_inventory.product_id = latest.product_id and fact_inventory.date_key = latest.counted_on
    group by latest.product_id, latest.counted_on
),

built as (
    select
        stock_cover.product_id,
        stock_cover.counted_on,
        stock_cover.on_hand
    from marts.stock_cover
    where stock_cover.product_id in (select touched_product.product_id from touched_product)
),

differences as (
    (
        select published.* from published
        except
        select built.* from built
    )
    union all
    (
        select built.* from built
        except
        select published.* from published
    )
)

select differences.product_id as example from differences
