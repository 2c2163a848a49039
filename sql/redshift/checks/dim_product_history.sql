-- States of a product follow each other without gap or overlap from the beginning of time to its end; the last one is
-- current.
with spans as (
    select
        dim_product.product_id,
        dim_product.valid_from,
        dim_product.valid_to,
        dim_product.is_current,
        lag(dim_product.valid_to)
            over (partition by dim_product.product_id order by dim_product.valid_from)
            as ended_before,
        lead(dim_product.valid_from)
            over (partition by dim_product.product_id order by dim_product.valid_from)
            as begins_next
    from core.dim_product
    where dim_product.product_id in (select touched_product.product_id from touched_product)
)

select spans.product_id as example from spans
where
    spans.valid_from >= spans.valid_to
    or spans.valid_from <> coalesce(spans.ended_before, timestamp '0001-01-01 00:00:00')
    or spans.valid_to <> coalesce(spans.begins_next, timestamp '9999-12-31 23:59:59.999999')
    or (spans.is_current and spans.begins_next is not null)
    or (not spans.is_current and spans.begins_next is null)
