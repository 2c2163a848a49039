-- The members for "none", which facts without a customer, product or place point to.
insert into core.dim_customer (
    customer_key, customer_id, valid_from, valid_to, is_current, is_inferred, change_hash
)
select
    -1 as customer_key,
    '(none)' as customer_id,
    timestamp '0001-01-01 00:00:00' as valid_from,
    timestamp '9999-12-31 23:59:59.999999' as valid_to,
    true as is_current,
    false as is_inferred,
    md5('') as change_hash
where not exists (select 1 from core.dim_customer where dim_customer.customer_key = -1);

insert into core.dim_product (
    product_key, product_id, valid_from, valid_to, is_current, is_inferred, change_hash
)
select
    -1 as product_key,
    '(none)' as product_id,
    timestamp '0001-01-01 00:00:00' as valid_from,
    timestamp '9999-12-31 23:59:59.999999' as valid_to,
    true as is_current,
    false as is_inferred,
    md5('') as change_hash
where not exists (select 1 from core.dim_product where dim_product.product_key = -1);

insert into core.dim_geography (
    geography_key, country, state, city, postal_code
)
select
    -1 as geography_key,
    '-' as country,
    '-' as state,
    '(none)' as city,
    '-' as postal_code
where not exists (select 1 from core.dim_geography where dim_geography.geography_key = -1);
