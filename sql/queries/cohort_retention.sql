-- Of the customers who first ordered in a month, which share ordered in that month (all) and in the five after it?
-- The last month is as far as sales have come.
-- parameters: none
-- grain: a month in which customers ordered first   key: cohort_month   invariant: a month that has not come is null
-- Distinct before the join: a customer's states of one month are a few rows, the order lines many.
with buying_states as (
    select distinct
        fact_sales.customer_key,
        cast(date_trunc('month', fact_sales.date_key) as date) as month_start
    from core.fact_sales
    where fact_sales.customer_key <> -1
),

active as (
    select distinct
        dim_customer.customer_id,
        buying_states.month_start
    from buying_states
    inner join core.dim_customer on buying_states.customer_key = dim_customer.customer_key
),

cohorts as (
    select
        active.month_start,
        min(active.month_start) over (partition by active.customer_id) as cohort_month
    from active
),

active_customers as (
    select
        cohorts.cohort_month,
        cohorts.month_start,
        -- Of the two that are grouped by: it is asked once a group, not once a row.
        datediff('month', cohorts.cohort_month, cohorts.month_start) as months_later,
        count(*) as customers
    from cohorts
    group by cohorts.cohort_month, cohorts.month_start
),

counted as (
    select
        active_customers.cohort_month,
        sum(case when active_customers.months_later = 0 then active_customers.customers end) as customers,
        sum(case when active_customers.months_later = 1 then active_customers.customers else 0 end) as active_1,
        sum(case when active_customers.months_later = 2 then active_customers.customers else 0 end) as active_2,
        sum(case when active_customers.months_later = 3 then active_customers.customers else 0 end) as active_3,
        sum(case when active_customers.months_later = 4 then active_customers.customers else 0 end) as active_4,
        sum(case when active_customers.months_later = 5 then active_customers.customers else 0 end) as active_5
    from active_customers
    group by active_customers.cohort_month
),

shares as (
    select
        counted.cohort_month,
        counted.customers,
        cast(1.0000 * counted.active_1 / counted.customers as decimal(18, 4)) as share_1,
        cast(1.0000 * counted.active_2 / counted.customers as decimal(18, 4)) as share_2,
        cast(1.0000 * counted.active_3 / counted.customers as decimal(18, 4)) as share_3,
        cast(1.0000 * counted.active_4 / counted.customers as decimal(18, 4)) as share_4,
        cast(1.0000 * counted.active_5 / counted.customers as decimal(18, 4)) as share_5
    from counted
),

newest as (
    select max(active_customers.month_start) as month_start from active_customers
)

select
    shares.cohort_month,
    shares.customers,
    cast(1 as decimal(18, 4)) as month_0,
    case when add_months(shares.cohort_month, 1) <= newest.month_start then shares.share_1 end as month_1,
    case when add_months(shares.cohort_month, 2) <= newest.month_start then shares.share_2 end as month_2,
    case when add_months(shares.cohort_month, 3) <= newest.month_start then shares.share_3 end as month_3,
    case when add_months(shares.cohort_month, 4) <= newest.month_start then shares.share_4 end as month_4,
    case when add_months(shares.cohort_month, 5) <= newest.month_start then shares.share_5 end as month_5
from shares
cross join newest
order by shares.cohort_month
