-- A place is not taken away, but by a full refresh: reports of past ones may show it.
create temp table dim_geography_known as
select dim_geography.* from core.dim_geography;

create temp table dim_geography_rows as
with places as (
    select
        orders.ship_country as country,
        orders.ship_state as state,
        orders.ship_city as city,
        orders.ship_postal_code as postal_code
    from staging.orders
    where not orders._is_deleted and orders.order_id in (select touched_order.order_id from touched_order)
    union
    select
        dim_geography_known.country,
        dim_geography_known.state,
        dim_geography_known.city,
        dim_geography_known.postal_code
    from dim_geography_known
    where dim_geography_known.geography_key <> -1
)

select
    strtol(
        substring(md5(country || '|' || state || '|' || postal_code || '|' || city), 1, 15), 16
    ) as geography_key,
    country,
    state,
    city,
    postal_code
from places
union all
select dim_geography_known.* from dim_geography_known
where dim_geography_known.geography_key = -1;
