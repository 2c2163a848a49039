-- Of the customers who first ordered in a month, which share ordered in that month (all) and in the five after it?
-- The last month is as far as sales have come.
-- parameters: none
-- grain: a month in which customers ordered first   key: cohort_month   invariant: a month that has not come is null
with active as (
    select distinct
        dim_customer.customer_id,
        cast(date_trunc('month', fact_sales.date_key) as date) as month_start
    from core.fact_sales
    inner join core.dim_customer on fact_sales.customer_key = dim_customer.customer_key
    where fact_sales.customer_key <> -1
),

cohorts as (
    select
        active.customer_id,
        min(active.month_start) as cohort_month
    from active
    group by active.customer_id
),

counted as (
    select
        cohorts.cohort_month,
        count(distinct cohorts.customer_id) as customers,
        count(case when active.month_start = add_months(cohorts.cohort_month, 1) then 1 end) as active_1,
        count(case when active.month_start = add_months(cohorts.cohort_month, 2) then 1 end) as active_2,
        count(case when active.month_start = add_months(cohorts.cohort_month, 3) then 1 end) as active_3,
        count(case when active.month_start = add_months(cohorts.cohort_month, 4) then 1 end) as active_4,
        count(case when active.month_start = add_months(cohorts.cohort_month, 5) then 1 end) as active_5
    from cohorts
    inner join active on cohorts.customer_id = active.customer_id
    group by cohorts.cohort_month
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
    select max(active.month_start) as month_start from active
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
