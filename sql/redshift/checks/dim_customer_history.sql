-- States of a customer follow each other without gap or overlap from the beginning of time to its end; the last one is
-- current.
with spans as (
    select
        dim_customer.customer_id,
        dim_customer.valid_from,
        dim_customer.valid_to,
        dim_customer.is_current,
        lag(dim_customer.valid_to)
            over (partition by dim_customer.customer_id order by dim_customer.valid_from)
            as ended_before,
        lead(dim_customer.valid_from)
            over (partition by dim_customer.customer_id order by dim_customer.valid_from)
            as begins_next
    from core.dim_customer
    where dim_customer.customer_id in (select touched_customer.customer_id from touched_customer)
)

select spans.customer_id as example from spans
where
    spans.valid_from >= spans.valid_to
    or spans.valid_from <> coalesce(spans.ended_before, timestamp '0001-01-01 00:00:00')
    or spans.valid_to <> coalesce(spans.begins_next, timestamp '9999-12-31 23:59:59.999999')
    or (spans.is_current and spans.begins_next is not null)
    or (not spans.is_current and spans.begins_next is null)
