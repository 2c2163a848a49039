-- grain: one row per row of raw.stores   key: file_name, file_row_number
-- invariant: a row is a header, or rejected (rejected_for says why), or a candidate for staging: one of the three
{% set columns = ['store_group', 'store_token', 'store_name', 'city', 'state', 'opened_on'] %}

with stores as (select * from {{ source('raw', 'stores') }}),

texts as (
    select
        nullif(trim(store_group), '') as store_group,
        nullif(trim(store_token), '') as store_token,
        nullif(trim(store_name), '') as store_name,
        nullif(trim(city), '') as city,
        nullif(trim(state), '') as state,
        nullif(trim(opened_on), '') as opened_on_text,
        {{ is_header_row(columns) | indent(8) }} as is_header,
        extra,
        batch_date,
        loaded_at,
        file_name,
        file_row_number
    from stores
),

typed as (
    select
        *,
        {{ iso_date('opened_on_text') }} as opened_on
    from texts
),

judged as (
    select
        *,
        {{ reasons([
            ('extra is not null', 'more cells than columns'),
            ('store_token is null', 'store_token: missing'),
            ("not coalesce(regexp_like(state, '[^0-9]+'), true)", 'state: has a digit'),
            ('opened_on_text is not null and opened_on is null', 'opened_on: not yyyy-MM-dd'),
        ]) | indent(8) }} as broken_rules
    from typed
)

select
    store_token,
    store_group,
    store_name,
    city,
    state,
    opened_on,
    opened_on_text,
    is_header,
    iff(is_header, null, broken_rules) as rejected_for,
    not is_header and broken_rules is null as is_candidate,
    batch_date,
    loaded_at,
    file_name,
    file_row_number
from judged
