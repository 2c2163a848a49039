-- A snapshot is looked at when it came, and when it points to a state of its product that went or ends before it now.
-- It is of the end of its day.
create temp table fact_inventory_snapshot as
with moved_product as (
    select
        gone.product_key,
        coalesce(here.valid_to, gone.valid_from) as moved_from
    from dim_product_removed as gone
    left join dim_product_added as here on gone.product_key = here.product_key
    where here.product_key is null or here.valid_to < gone.valid_to
)

select touched_snapshot.* from touched_snapshot
union
select
    fact_inventory.date_key,
    fact_inventory.product_id,
    fact_inventory.warehouse_code
from core.fact_inventory
inner join moved_product on fact_inventory.product_key = moved_product.product_key
where dateadd(day, 1, fact_inventory.date_key) > moved_product.moved_from;

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
