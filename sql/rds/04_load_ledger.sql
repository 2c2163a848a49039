-- grain: one row per run and table that it was loaded into, written in the load's own transaction
-- key: run_id, target_table
-- invariant: a row is here if and only if the run's rows are in the table
create table if not exists load_ledger (
    run_id text not null,
    target_table text not null,
    rows_upserted bigint not null default 0,
    loaded_at timestamptz not null default now(),
    constraint load_ledger_pkey primary key (run_id, target_table)
);
