-- A snapshot is looked at when it came, and when a state of its product came, went or moved; it is of the end of its
-- day.
create temp table fact_inventory_snapshot as
with changed_product as (
    select dim_product_added.product_id from dim_product_added
    union
    select dim_product_removed.product_id from dim_product_removed
)

select touched_snapshot.* from touched_snapshot
union
select
    inventory.snapshot_date,
    inventory.product_id,
    inventory.warehouse_code
from staging.inventory
where inventory.product_id in (select changed_product.product_id from changed_product);

create temp table fact_inventory_known as
select fact_inventory.* from core.fact_inventory
inner join fact_inventory_snapshot on
    fact_inventory.date_key = fact_inventory_snapshot.snapshot_date
    and fact_inventory.product_id = fact_inventory_snapshot.product_id
    and fact_inventory.warehouse_code = fact_inventory_snapshot.warehouse_code;

create temp table fact_inventory_rows as
select
    inventory.snapshot_date as date_key,
    inventory.product_id,
    inventory.warehouse_code,
    coalesce(product.product_key, -1) as product_key,
    inventory.on_hand,
    inventory.reserved,
    inventory.on_hand - inventory.reserved as available,
    inventory.reorder_level
from staging.inventory
inner join fact_inventory_snapshot
    on
        inventory.snapshot_date = fact_inventory_snapshot.snapshot_date
        and inventory.product_id = fact_inventory_snapshot.product_id
        and inventory.warehouse_code = fact_inventory_snapshot.warehouse_code
left join core.dim_product as product
    on
        inventory.product_id = product.product_id
        and dateadd(day, 1, inventory.snapshot_date) > product.valid_from
        and dateadd(day, 1, inventory.snapshot_date) <= product.valid_to
where not inventory._is_deleted;
