-- What a refresh of the star schema has taken in. Each row is written in the transaction of its refresh.

-- grain: a load that the star schema contains   key: run_id   invariant: its run is in staging.load_ledger
create table if not exists core.refreshed_load (
    run_id char(64) not null,
    refresh_id varchar(80) not null,
    primary key (run_id)
)
diststyle all
sortkey (refresh_id);

-- grain: a refresh that was committed   key: refresh_id   invariant: loads = its rows in core.refreshed_load, unless
-- one that took them again
create table if not exists core.refresh_ledger (
    refresh_id varchar(80) not null,
    is_full boolean not null,
    loads bigint not null,
    started_at timestamp not null,
    ended_at timestamp not null,
    primary key (refresh_id)
)
diststyle all
sortkey (started_at);

-- grain: a refresh and a table it built   key: refresh_id, model   invariant: rows of the table, but for the member for
-- none = sum(rows_added - rows_removed) since the last full refresh
create table if not exists core.refresh_change (
    refresh_id varchar(80) not null,
    model varchar(64) not null,
    rows_added bigint not null,
    rows_removed bigint not null,
    primary key (refresh_id, model)
)
diststyle all
sortkey (refresh_id);
