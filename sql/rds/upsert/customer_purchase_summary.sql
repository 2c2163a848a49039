-- grain: one row, the number of customers that run $1 changed
-- key: none
-- invariant: run twice, or after a run with a later silver_sequence, it changes nothing
with latest as (
    select distinct on (customer_id)
        customer_id,
        full_name,
        email,
        total_spent_aud,
        first_purchase_date,
        last_purchase_date,
        silver_sequence,
        is_deleted
    from customer_purchase_summary_staging
    where run_id = $1
    order by customer_id asc, load_date desc, silver_sequence desc
),

buried as (
    insert into customer_purchase_summary_tombstones as tombstone (customer_id, silver_sequence)
    select
        customer_id,
        silver_sequence
    from latest
    where is_deleted
    on conflict (customer_id) do update
        set
            silver_sequence = excluded.silver_sequence,
            deleted_at = now()
        where excluded.silver_sequence > tombstone.silver_sequence
),

deleted as (
    delete from customer_purchase_summary as summary
    using latest
    where
        latest.is_deleted
        and latest.customer_id = summary.customer_id
        and latest.silver_sequence >= summary.silver_sequence
    returning summary.customer_id
),

upserted as (
    insert into customer_purchase_summary as summary
    (customer_id, full_name, email, total_spent_aud, first_purchase_date, last_purchase_date, silver_sequence)
    select
        latest.customer_id,
        latest.full_name,
        latest.email,
        latest.total_spent_aud,
        latest.first_purchase_date,
        latest.last_purchase_date,
        latest.silver_sequence
    from latest
    left join customer_purchase_summary_tombstones as tombstone on latest.customer_id = tombstone.customer_id
    where not latest.is_deleted and latest.silver_sequence >= coalesce(tombstone.silver_sequence, 0)
    on conflict (customer_id) do update
        set
            full_name = excluded.full_name,
            email = excluded.email,
            total_spent_aud = excluded.total_spent_aud,
            first_purchase_date = excluded.first_purchase_date,
            last_purchase_date = excluded.last_purchase_date,
            silver_sequence = excluded.silver_sequence,
            updated_at = now()
        where
        excluded.silver_sequence >= summary.silver_sequence
        and (excluded.full_name, excluded.email, excluded.total_spent_aud, excluded.silver_sequence)
        is distinct from (summary.full_name, summary.email, summary.total_spent_aud, summary.silver_sequence)
    returning summary.customer_id
)

select (select count(*) from upserted) + (select count(*) from deleted) as rows_upserted
