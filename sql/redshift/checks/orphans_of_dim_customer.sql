-- Every fact points to a state of a customer that is there: facts that came, and those of states that went.
with gone as (
    select dim_customer_removed.customer_key from dim_customer_removed
    except
    select dim_customer.customer_key from core.dim_customer
)

select fact_sales_added.order_id as example from fact_sales_added
left join core.dim_customer on fact_sales_added.customer_key = dim_customer.customer_key
where dim_customer.customer_key is null
union all
select fact_sales.order_id from core.fact_sales
where fact_sales.customer_key in (select gone.customer_key from gone)
union all
select fact_web_events_added.event_id from fact_web_events_added
left join core.dim_customer on fact_web_events_added.customer_key = dim_customer.customer_key
where dim_customer.customer_key is null
union all
select fact_web_events.event_id from core.fact_web_events
where fact_web_events.customer_key in (select gone.customer_key from gone)
