-- A snapshot that was looked at is there once.
with published as (
    select
        inventory.product_id,
        count(*) as snapshots,
        sum(inventory.on_hand) as on_hand
    from staging.inventory
    inner join fact_inventory_snapshot
        on
            inventory.snapshot_date = fact_inventory_snapshot.snapshot_date
            and inventory.product_id = fact_inventory_snapshot.product_id
            and inventory.warehouse_code = fact_inventory_snapshot.warehouse_code
    where not inventory._is_deleted
    group by inventory.product_id
),

built as (
    select
        fact_inventory.product_id,
        count(*) as snapshots,
        sum(fact_inventory.on_hand) as on_hand
    from core.fact_inventory
    inner join fact_inventory_snapshot
        on
            fact_inventory.date_key = fact_inventory_snapshot.snapshot_date
            and fact_inventory.product_id = fact_inventory_snapshot.product_id
            and fact_inventory.warehouse_code = fact_inventory_snapshot.warehouse_code
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
