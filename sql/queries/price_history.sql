-- What did a product cost from when to when (UTC), and how much of it was ordered at that price? Units and gross_amount
-- are of all orders, as in marts.daily_sales; net_amount is without those that were cancelled or returned.
-- parameters: product_id=P000001
-- grain: a state of the product, which may differ from the one before in more than its price   key: valid_from
-- invariant: valid_from is null for the state that has always been, valid_to for the one that still is
with sales as (
    select
        fact_sales.product_key,
        count(distinct fact_sales.order_id) as orders,
        sum(fact_sales.quantity) as units,
        cast(sum(fact_sales.amount) as decimal(38, 2)) as gross_amount,
        cast(sum(fact_sales.net_amount) as decimal(38, 2)) as net_amount
    from core.fact_sales
    inner join core.dim_product on fact_sales.product_key = dim_product.product_key
    where dim_product.product_id = cast(:product_id as varchar(28))
    group by fact_sales.product_key
)

select
    nullif(dim_product.valid_from, cast('0001-01-01' as timestamp)) as valid_from,
    case when not dim_product.is_current then dim_product.valid_to end as valid_to,
    dim_product.product_name,
    dim_product.category,
    dim_product.unit_price,
    dim_product.unit_cost,
    coalesce(sales.orders, 0) as orders,
    coalesce(sales.units, 0) as units,
    coalesce(sales.gross_amount, 0) as gross_amount,
    coalesce(sales.net_amount, 0) as net_amount
from core.dim_product
left join sales on dim_product.product_key = sales.product_key
where dim_product.product_id = cast(:product_id as varchar(28))
order by dim_product.valid_from
