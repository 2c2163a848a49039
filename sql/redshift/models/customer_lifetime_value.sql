-- Of the customers who were looked at: their sales or what is known of them may have changed.
create temp table customer_lifetime_value_known as
select customer_lifetime_value.* from marts.customer_lifetime_value
where customer_lifetime_value.customer_id in (select touched_customer.customer_id from touched_customer);

create temp table customer_lifetime_value_rows as
with states as (
    select
        dim_customer.customer_key,
        dim_customer.customer_id
    from core.dim_customer
    where dim_customer.customer_id in (select touched_customer.customer_id from touched_customer)
),

spending as (
    select
        states.customer_id,
        min(fact_sales.date_key) as first_ordered_on,
        max(fact_sales.date_key) as last_ordered_on,
        count(distinct fact_sales.order_id) as orders,
        sum(fact_sales.quantity) as units,
        cast(sum(fact_sales.net_amount) as decimal(38, 2)) as net_amount
    from core.fact_sales
    inner join states on fact_sales.customer_key = states.customer_key
    group by states.customer_id
)

select
    spending.customer_id,
    today.segment,
    today.loyalty_tier,
    spending.first_ordered_on,
    spending.last_ordered_on,
    spending.orders,
    spending.units,
    spending.net_amount,
    cast(spending.net_amount / spending.orders as decimal(38, 2)) as average_order_amount
from spending
inner join core.dim_customer as today on spending.customer_id = today.customer_id and today.is_current;
