{#- The model holds, key by key, the latest candidate of RAW, and no key that RAW has not. What was loaded so lately that this run
    may not have seen it is left to the next one. -#}
{% test latest_rows_of(model, source, keys) %}
with candidates as (select *, true as is_new from {{ source }} where is_candidate),

latest as (
    select * from candidates
    qualify row_number() over (partition by {{ keys | join(', ') }} order by {{ by_age() }}) = 1
),

known as (select * from {{ model }})

select
    {{ each('latest', keys) }},
    latest.file_name as file_in_raw,
    latest.file_row_number as row_in_raw,
    known.file_name as file_known,
    known.file_row_number as row_known
from latest
full outer join known
    on {{ same('latest', 'known', keys) }}
where latest.file_name is null
or (
    not {{ loaded_since(model, 'latest') }}
    and (
        latest.file_name is distinct from known.file_name
        or latest.file_row_number is distinct from known.file_row_number
        or latest.loaded_at is distinct from known.loaded_at
    )
)
{% endtest %}
