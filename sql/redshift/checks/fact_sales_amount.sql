-- A line is there once, and a day's amounts are those of its published order items, to the cent.
with published as (
    select
        cast(order_items.ordered_at as date) as day,
        count(*) as order_lines,
        sum(order_items.line_amount) as amount
    from staging.order_items
    where
        not order_items._is_deleted and order_items.order_id in (select fact_sales_order.order_id from fact_sales_order)
    group by cast(order_items.ordered_at as date)
),

built as (
    select
        fact_sales.date_key as day,
        count(*) as order_lines,
        sum(fact_sales.amount) as amount
    from core.fact_sales
    where fact_sales.order_id in (select fact_sales_order.order_id from fact_sales_order)
    group by fact_sales.date_key
),

differences as (
    (
        select published.* from published
        except
        select built.* from built
    )
    union all
    (
        select built.* from built
        except
        select published.* from published
    )
)

select cast(differences.day as varchar(10)) as example from differences
