-- grain: one row per customer and ingestion date on which the customer's purchases arrived; totals are as of that date
-- key: customer_id, ingestion_date
-- invariant: per customer, total_spent_aud at the latest ingestion_date = sum of silver.purchases.amount_aud
-- inputs: purchases = silver.purchases for the touched customers, with its _row_number
with purchases_of_a_day as (
    select
        customer_id,
        ingestion_date,
        sum(amount_aud) as spent_aud,
        min(purchase_date) as first_purchase_date,
        max(purchase_date) as last_purchase_date,
        max(
            struct(
                purchase_date,
                ingestion_date,
                _row_number,
                nullif(concat_ws(' ', first_name, last_name), '') as full_name,
                email
            )
        ) as latest_purchase
    from purchases
    group by customer_id, ingestion_date
),

as_of_each_day as (
    select
        customer_id,
        ingestion_date,
        max(latest_purchase) over days_so_far as latest_purchase,
        sum(spent_aud) over days_so_far as total_spent_aud,
        min(first_purchase_date) over days_so_far as first_purchase_date,
        max(last_purchase_date) over days_so_far as last_purchase_date
    from purchases_of_a_day
    window days_so_far as (
        partition by customer_id
        order by ingestion_date
        rows between unbounded preceding and current row
    )
)

select
    as_of_each_day.customer_id,
    as_of_each_day.latest_purchase.full_name,
    as_of_each_day.latest_purchase.email,
    cast(as_of_each_day.total_spent_aud as decimal(28, 2)) as total_spent_aud,
    as_of_each_day.first_purchase_date,
    as_of_each_day.last_purchase_date,
    as_of_each_day.ingestion_date
from as_of_each_day
