-- An order is looked at when it or one of its lines came, and when lines point to a state of a customer or product that
-- went or ends before them now: lines point to the states that held at their time.
create temp table fact_sales_order as
with moved_customer as (
    select
        gone.customer_key,
        coalesce(here.valid_to, gone.valid_from) as moved_from
    from dim_customer_removed as gone
    left join dim_customer_added as here on gone.customer_key = here.customer_key
    where here.customer_key is null or here.valid_to < gone.valid_to
),

moved_product as (
    select
        gone.product_key,
        coalesce(here.valid_to, gone.valid_from) as moved_from
    from dim_product_removed as gone
    left join dim_product_added as here on gone.product_key = here.product_key
    where here.product_key is null or here.valid_to < gone.valid_to
)

select touched_order.order_id from touched_order
union
select fact_sales.order_id from core.fact_sales
inner join moved_customer on fact_sales.customer_key = moved_customer.customer_key
where fact_sales.ordered_at >= moved_customer.moved_from
union
select fact_sales.order_id from core.fact_sales
inner join moved_product on fact_sales.product_key = moved_product.product_key
where fact_sales.ordered_at >= moved_product.moved_from;

create temp table fact_sales_known as
select fact_sales.* from core.fact_sales
where fact_sales.order_id in (select fact_sales_order.order_id from fact_sales_order);

create temp table fact_sales_rows as
with lines as (
    select order_items.* from staging.order_items
    where
        not order_items._is_deleted and order_items.order_id in (select fact_sales_order.order_id from fact_sales_order)
),

current_orders as (
    select orders.* from staging.orders
    where not orders._is_deleted and orders.order_id in (select fact_sales_order.order_id from fact_sales_order)
)

select
    lines.order_id,
    lines.line_number,
    cast(lines.ordered_at as date) as date_key,
    lines.ordered_at,
    coalesce(customer.customer_key, -1) as customer_key,
    coalesce(product.product_key, -1) as product_key,
    coalesce(place.geography_key, -1) as geography_key,
    current_orders.status as order_status,
    current_orders.channel,
    current_orders.payment_method,
    lines.quantity,
    lines.unit_price,
    lines.discount_amount,
    lines.line_amount as amount,
    case when current_orders.status in ('cancelled', 'returned') then 0 else lines.line_amount end as net_amount
from lines
left join current_orders on lines.order_id = current_orders.order_id
left join core.dim_customer as customer
    on
        current_orders.customer_id = customer.customer_id
        and lines.ordered_at >= customer.valid_from
        and lines.ordered_at < customer.valid_to
left join core.dim_product as product
    on
        lines.product_id = product.product_id
        and lines.ordered_at >= product.valid_from
        and lines.ordered_at < product.valid_to
left join core.dim_geography as place on
    current_orders.ship_country = place.country
    and current_orders.ship_state = place.state
    and current_orders.ship_city = place.city
    and current_orders.ship_postal_code = place.postal_code;
