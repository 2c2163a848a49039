-- A state begins where a row differs from the one before. Lengths and marks of null in the hash: no two look alike.
create temp table dim_customer_known as
select dim_customer.* from core.dim_customer
where dim_customer.customer_id in (select touched_customer.customer_id from touched_customer);

create temp table dim_customer_rows as
with changes as (
    select
        customers.*,
        touched_customer.customer_id as subject_id,
        customers.customer_id is null as is_inferred,
        md5(
            coalesce(len(customers.first_name) || ':' || customers.first_name, '-')
            || coalesce(len(customers.last_name) || ':' || customers.last_name, '-')
            || coalesce(len(customers.email) || ':' || customers.email, '-')
            || coalesce('=' || cast(customers.birth_date as varchar(40)), '-')
            || coalesce(len(customers.gender) || ':' || customers.gender, '-')
            || coalesce(len(customers.segment) || ':' || customers.segment, '-')
            || coalesce(len(customers.loyalty_tier) || ':' || customers.loyalty_tier, '-')
            || coalesce(len(customers.street) || ':' || customers.street, '-')
            || coalesce(len(customers.city) || ':' || customers.city, '-')
            || coalesce(len(customers.state) || ':' || customers.state, '-')
            || coalesce(len(customers.postal_code) || ':' || customers.postal_code, '-')
            || coalesce(len(customers.country) || ':' || customers.country, '-')
            || case when customers.accepts_marketing then 'y' when not customers.accepts_marketing then 'n' else '-' end
            || coalesce('=' || cast(customers.registered_on as varchar(40)), '-')
        ) as change_hash
    from touched_customer
    left join staging.customers on touched_customer.customer_id = customers.customer_id and not customers._is_deleted
    where
        customers.customer_id is not null
        or touched_customer.customer_id in (select inferred_customer.customer_id from inferred_customer)
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
    strtol(substring(md5(subject_id || '|' || cast(valid_from as varchar(32))), 1, 15), 16) as customer_key,
    subject_id as customer_id,
    valid_from,
    coalesce(ends_at, timestamp '9999-12-31 23:59:59.999999') as valid_to,
    ends_at is null as is_current,
    is_inferred,
    first_name,
    last_name,
    email,
    birth_date,
    gender,
    segment,
    loyalty_tier,
    street,
    city,
    state,
    postal_code,
    country,
    accepts_marketing,
    registered_on,
    change_hash
from spans;
