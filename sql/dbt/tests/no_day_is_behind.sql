{{ config(severity='warn') }}
-- Days before the window that a late batch, correction or store has changed.
-- To mend: dbt run --select marts --vars '{rebuild_from: <the first day>}'
select
    mart,
    sales_date,
    sum(cast(missing_amount as decimal(28, 2))) as missing_amount,
    sum(cast(missing_transactions as integer)) as missing_transactions
from {{ ref('marts_behind') }}
group by mart, sales_date
order by sales_date, mart
