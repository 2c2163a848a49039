-- What the refresh has taken in, for the next one; in the refresh's own transaction.
insert into core.refreshed_load (run_id, refresh_id)
select
    pending_load.run_id,
    refresh.refresh_id
from pending_load
cross join refresh;

insert into core.refresh_ledger (refresh_id, is_full, loads, started_at, ended_at)
select
    refresh.refresh_id,
    refresh.is_full,
    (select count(*) from pending_load) as loads,
    refresh.started_at,
    getdate() as ended_at
from refresh;
