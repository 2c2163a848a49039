-- grain: one row per row of raw.sales   key: file_name, file_row_number
-- invariant: a row is a header, or rejected (rejected_for says why), or a candidate for staging: one of the three
{% set columns = ['store_token', 'transaction_id', 'receipt_token', 'transaction_time', 'amount', 'user_role'] %}

with sales as (select * from {{ source('raw', 'sales') }}),

texts as (
    select
        nullif(trim(store_token), '') as store_token,
        nullif(trim(transaction_id), '') as transaction_id,
        nullif(trim(receipt_token), '') as receipt_token,
        nullif(trim(transaction_time), '') as time_text,
        nullif(trim(amount), '') as amount_text,
        nullif(upper(trim(user_role)), '') as user_role,
        {{ is_header_row(columns) | indent(8) }} as is_header,
        extra,
        batch_date,
        loaded_at,
        file_name,
        file_row_number
    from sales
),

typed as (
    select
        *,
        {{ utc_time('time_text') | indent(8) }} as transaction_time,
        {{ exact_amount('amount_text') }} as amount
    from texts
),

judged as (
    select
        *,
        {{ reasons([
            ('extra is not null', 'more cells than columns'),
            ('store_token is null', 'store_token: missing'),
            ('transaction_id is null', 'transaction_id: missing'),
            ('time_text is null', 'transaction_time: missing'),
            ('time_text is not null and transaction_time is null', 'transaction_time: not yyyy-MM-dd HH:mm:ss'),
            ('amount_text is null', 'amount: missing'),
            ('amount_text is not null and amount is null', 'amount: not a decimal(18, 2)'),
        ]) | indent(8) }} as broken_rules
    from typed
)

select
    store_token,
    transaction_id,
    receipt_token,
    transaction_time,
    cast(transaction_time as date) as sales_date,
    amount,
    user_role,
    time_text,
    amount_text,
    is_header,
    iff(is_header, null, broken_rules) as rejected_for,
    not is_header and broken_rules is null as is_candidate,
    batch_date,
    loaded_at,
    file_name,
    file_row_number
from judged
