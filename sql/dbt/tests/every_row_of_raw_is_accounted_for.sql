-- invariant: rows of RAW = headers + rejected + candidates for staging, table by table
with counts as (
    {% for name, columns in [
        ('sales', ['store_token', 'transaction_id', 'receipt_token', 'transaction_time', 'amount', 'user_role']),
        ('stores', ['store_group', 'store_token', 'store_name', 'city', 'state', 'opened_on']),
    ] %}
    select
        '{{ name }}' as table_name,
        (select count(*) from {{ source('raw', name) }}) as rows_of_raw,
        (select count(*) from {{ source('raw', name) }} where {{ is_header_row(columns) }}) as headers,
        (select count(*) from {{ ref('stg_' ~ name ~ '_rejected') }}) as rejected,
        (select count(*) from {{ ref('base_' ~ name) }} where is_candidate) as candidates
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from counts
where rows_of_raw != headers + rejected + candidates
