-- grain: one row per customer and attempt of a run to load it; is_deleted marks a customer that gold no longer has
-- key: none; of a run's rows for one customer the latest load_date counts
-- invariant: empty but for runs that are being loaded
-- It is logged: after a crash an unlogged table is empty, and an empty staging table looks like a run without rows.
create table if not exists customer_purchase_summary_staging (
    customer_id text not null,
    full_name text,
    email text,
    total_spent_aud numeric(28, 2),
    first_purchase_date date,
    last_purchase_date date,
    load_date timestamptz not null default now(),
    run_id text not null,
    silver_sequence bigint not null,
    is_deleted boolean not null default false
);

create index if not exists idx_customer_purchase_summary_staging_run
on customer_purchase_summary_staging (run_id);
