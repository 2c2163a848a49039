-- grain: a run that was loaded   key: run_id, checked by every load, since Redshift enforces no key
-- invariant: its row is written in the transaction that merges the run's rows
create table if not exists staging.load_ledger (
    run_id char(64) not null,
    dataset varchar(40) not null,
    rows_merged bigint not null,
    loaded_at timestamp not null,
    primary key (run_id)
)
diststyle all
sortkey (loaded_at);
