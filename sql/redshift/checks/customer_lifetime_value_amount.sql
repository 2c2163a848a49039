-- Customers who were looked at have the value of their lines, over all of their states.
with published as (
    select
        dim_customer.customer_id,
        sum(fact_sales.net_amount) as net_amount
    from core.fact_sales
    inner join core.dim_customer on fact_sales.customer_key = dim_customer.customer_key
    where dim_customer.customer_id in (select touched_customer.customer_id from touched_customer)
    group by dim_customer.customer_id
),

built as (
    select
        customer_lifetime_value.customer_id,
        customer_lifetime_value.net_amount
    from marts.customer_lifetime_value
    where customer_lifetime_value.customer_id in (select touched_customer.customer_id from touched_customer)
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

select differences.customer_id as example from differences
