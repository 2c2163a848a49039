-- grain: one row per customer, the current one
-- key: customer_id
-- invariant: after every file is loaded, equal to gold.customer_purchase_summary; silver_sequence never falls
create table if not exists customer_purchase_summary (
    customer_id text not null,
    full_name text,
    email text,
    total_spent_aud numeric(28, 2) not null,
    first_purchase_date date not null,
    last_purchase_date date not null,
    silver_sequence bigint not null,
    updated_at timestamptz not null default now(),
    constraint customer_purchase_summary_pkey primary key (customer_id)
);

create index if not exists idx_total_spent_desc on customer_purchase_summary (total_spent_aud desc);
