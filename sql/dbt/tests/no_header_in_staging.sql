-- A header repeats its columns' names, so its key would be the key's own name.
select
    'stg_sales' as model,
    file_name,
    file_row_number
from {{ ref('stg_sales') }}
where lower(store_token) = 'store_token' and lower(transaction_id) = 'transaction_id'
union all
select
    'stg_stores' as model,
    file_name,
    file_row_number
from {{ ref('stg_stores') }}
where lower(store_token) = 'store_token'
