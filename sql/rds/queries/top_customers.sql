-- grain: one row per customer, the five who spent most
-- key: customer_id
-- invariant: ties are broken by customer_id, as text
select
    customer_id,
    full_name,
    email,
    total_spent_aud,
    first_purchase_date,
    last_purchase_date
from customer_purchase_summary
order by total_spent_aud desc, customer_id asc
limit 5
