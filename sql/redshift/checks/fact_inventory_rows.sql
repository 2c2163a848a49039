-- A snapshot of a product that was looked at is there once.
with published as (
    select
        inventory.product_id,
        count(*) as snapshots,
        sum(inventory.on_hand) as on_hand
    from staging.inventory
    where
        not inventory._is_deleted
        and inventory.product_id in (select fact_inventory_snapshot.product_id from fact_inventory_snapshot)
    group by inventory.product_id
),

built as (
    select
        fact_inventory.product_id,
        count(*) as snapshots,
        sum(fact_inventory.on_hand) as on_hand
    from core.fact_inventory
    where fact_inventory.product_id in (select fact_inventory_snapshot.product_id from fact_inventory_snapshot)
    group by fact_inventory.product_id
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
