-- What a refresh has to look at: the loads that the star schema does not contain, and whom and what they concern, as it
-- is now in staging and as it was in the facts. All of it goes with the session.
create temp table pending_load as
select
    load_ledger.run_id,
    load_ledger.dataset
from staging.load_ledger
where load_ledger.run_id not in (select refreshed_load.run_id from core.refreshed_load);

create temp table touched_order as
select order_items.order_id from staging.order_items
where order_items._run_id in (select pending_load.run_id from pending_load where pending_load.dataset = 'order_items')
union
select orders.order_id from staging.orders
where orders._run_id in (select pending_load.run_id from pending_load where pending_load.dataset = 'orders');

create temp table touched_event as
select web_events.event_id from staging.web_events
where web_events._run_id in (select pending_load.run_id from pending_load where pending_load.dataset = 'web_events');

create temp table touched_snapshot as
select
    inventory.snapshot_date,
    inventory.product_id,
    inventory.warehouse_code
from staging.inventory
where inventory._run_id in (select pending_load.run_id from pending_load where pending_load.dataset = 'inventory');
