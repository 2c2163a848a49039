-- A day is built again when a line of it came, went or changed, or a product that it sold is in another category now.
create temp table daily_sales_day as
with recategorized as (
    select dim_product_added.product_key from dim_product_added
    inner join dim_product_removed on dim_product_added.product_key = dim_product_removed.product_key
    where coalesce(dim_product_added.category, '') <> coalesce(dim_product_removed.category, '')
)

select fact_sales_added.date_key from fact_sales_added
union
select fact_sales_removed.date_key from fact_sales_removed
union
select fact_sales.date_key from core.fact_sales
where fact_sales.product_key in (select recategorized.product_key from recategorized);

create temp table daily_sales_known as
select daily_sales.* from marts.daily_sales
where daily_sales.date_key in (select daily_sales_day.date_key from daily_sales_day);

create temp table daily_sales_rows as
select
    fact_sales.date_key,
    coalesce(dim_product.category, '(unknown)') as category,
    count(distinct fact_sales.order_id) as orders,
    count(*) as order_lines,
    sum(fact_sales.quantity) as units,
    cast(sum(fact_sales.amount) as decimal(38, 2)) as gross_amount,
    cast(sum(fact_sales.net_amount) as decimal(38, 2)) as net_amount,
    cast(sum(fact_sales.discount_amount) as decimal(38, 2)) as discount_amount
from core.fact_sales
inner join core.dim_product on fact_sales.product_key = dim_product.product_key
where fact_sales.date_key in (select daily_sales_day.date_key from daily_sales_day)
group by fact_sales.date_key, coalesce(dim_product.category, '(unknown)');
