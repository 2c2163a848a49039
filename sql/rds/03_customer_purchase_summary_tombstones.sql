-- grain: one row per customer that was ever deleted
-- key: customer_id
-- invariant: no row of customer_purchase_summary comes from a silver_sequence before its customer's tombstone
-- Without it a run that is overtaken would bring a deleted customer back.
create table if not exists customer_purchase_summary_tombstones (
    customer_id text not null,
    silver_sequence bigint not null,
    deleted_at timestamptz not null default now(),
    constraint customer_purchase_summary_tombstones_pkey primary key (customer_id)
);
