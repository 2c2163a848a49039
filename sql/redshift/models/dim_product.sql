-- As dim_customer.sql, of products.
create temp table dim_product_known as
select dim_product.* from core.dim_product
where dim_product.product_id in (select touched_product.product_id from touched_product);

create temp table dim_product_rows as
with changes as (
    select
        products.*,
        touched_product.product_id as subject_id,
        products.product_id is null as is_inferred,
        md5(
            coalesce(len(products.product_name) || ':' || products.product_name, '-')
            || coalesce(len(products.category) || ':' || products.category, '-')
            || coalesce(len(products.subcategory) || ':' || products.subcategory, '-')
            || coalesce(len(products.brand) || ':' || products.brand, '-')
            || coalesce('=' || cast(products.unit_price as varchar(40)), '-')
            || coalesce('=' || cast(products.unit_cost as varchar(40)), '-')
            || coalesce('=' || cast(products.weight_grams as varchar(40)), '-')
            || case when products.is_active then 'y' when not products.is_active then 'n' else '-' end
            || coalesce('=' || cast(products.launched_on as varchar(40)), '-')
        ) as change_hash
    from touched_product
    left join staging.products on touched_product.product_id = products.product_id and not products._is_deleted
    where
        products.product_id is not null
        or touched_product.product_id in (select inferred_product.product_id from inferred_product)
),

compared as (
    select
        changes.*,
        lag(changes.change_hash) over (partition by changes.subject_id order by changes.changed_at) as hash_before
    from changes
),

states as (
    select
        compared.*,
        row_number() over (partition by compared.subject_id order by compared.changed_at) as state_number,
        lead(compared.changed_at) over (partition by compared.subject_id order by compared.changed_at) as ends_at
    from compared
    where compared.hash_before is null or compared.hash_before <> compared.change_hash
),

spans as (
    select
        states.*,
        case when states.state_number = 1 then timestamp '0001-01-01 00:00:00' else states.changed_at end as valid_from
    from states
)

select
    strtol(substring(md5(subject_id || '|' || cast(valid_from as varchar(32))), 1, 15), 16) as product_key,
    subject_id as product_id,
    valid_from,
    coalesce(ends_at, timestamp '9999-12-31 23:59:59.999999') as valid_to,
    ends_at is null as is_current,
    is_inferred,
    product_name,
    category,
    subcategory,
    brand,
    unit_price,
    unit_cost,
    weight_grams,
    is_active,
    launched_on,
    change_hash
from spans;
