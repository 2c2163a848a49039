-- A key made by a hash is some state's alone.
select dim_customer.customer_key as example from core.dim_customer
where dim_customer.customer_key in (select dim_customer_added.customer_key from dim_customer_added)
group by dim_customer.customer_key
having count(*) > 1
union all
select dim_product.product_key from core.dim_product
where dim_product.product_key in (select dim_product_added.product_key from dim_product_added)
group by dim_product.product_key
having count(*) > 1
union all
select dim_geography.geography_key from core.dim_geography
group by dim_geography.geography_key
having count(*) > 1
