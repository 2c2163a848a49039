-- Every fact points to a place and a day that are there; of these two nothing is ever taken away.
select fact_sales_added.order_id as example from fact_sales_added
left join core.dim_geography on fact_sales_added.geography_key = dim_geography.geography_key
left join core.dim_date on fact_sales_added.date_key = dim_date.date_key
where dim_geography.geography_key is null or dim_date.date_key is null
union all
select fact_web_events_added.event_id from fact_web_events_added
left join core.dim_date on fact_web_events_added.date_key = dim_date.date_key
where dim_date.date_key is null
union all
select fact_inventory_added.product_id from fact_inventory_added
left join core.dim_date on fact_inventory_added.date_key = dim_date.date_key
where dim_date.date_key is null
