-- Which products lie: stock that lasts longer than so many days at the sales of the 28 days to its last count, or for
-- which there were no sales? What is reserved is not counted; the largest value at cost stands first.
-- parameters: days=90
-- grain: a product with available stock   key: product_id   invariant: days_of_cover is null without sales
select
    stock_cover.product_id,
    dim_product.product_name,
    dim_product.category,
    stock_cover.counted_on,
    stock_cover.available,
    stock_cover.units_sold,
    stock_cover.days_of_cover,
    cast(stock_cover.available * dim_product.unit_cost as decimal(38, 2)) as cost_amount
from marts.stock_cover
inner join core.dim_product on stock_cover.product_id = dim_product.product_id and dim_product.is_current
where
    stock_cover.available > 0
    and (stock_cover.days_of_cover is null or stock_cover.days_of_cover > cast(:days as integer))
order by cost_amount desc nulls last, stock_cover.product_id asc
