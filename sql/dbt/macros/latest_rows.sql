{#- Of the rows with one key the latest, in whatever order they came: by the batch date in the file's name, then the file's name,
    then its load, of which RAW holds one, then the row's number. The row that is there wins over itself. -#}
{% macro by_age() -%}
    batch_date desc, file_name desc, loaded_at desc, file_row_number desc, is_new asc
{%- endmacro %}

{#- What was loaded after the last load that `this` knows, and a little before: a load that began earlier can end later. -#}
{% macro loaded_since(this, relation) -%}
    {{ relation }}.loaded_at > (
        select dateadd(minute, -{{ var('overlap_minutes') }}, coalesce(max(loaded_at), to_timestamp_ltz('1970-01-02 00:00:00')))
        from {{ this }}
    )
{%- endmacro %}

{% macro same(left, right, keys) -%}
    {% for key in keys %}{{ left }}.{{ key }} = {{ right }}.{{ key }}{{ ' and ' if not loop.last }}{% endfor %}
{%- endmacro %}

{% macro each(relation, columns) -%}
    {% for column in columns %}{{ relation }}.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

{#- A staging table's body: the latest candidate of each key. An incremental run reads what was loaded since, and yields only rows
    that change the table; is_vanished marks what the merge takes away. -#}
{% macro latest_rows(source, keys, columns) -%}
with rows_of_raw as (select * from {{ source }}),

candidates as (select {{ each('rows_of_raw', columns) }}, true as is_new from rows_of_raw where is_candidate),
{% if is_incremental() %}

known as (select {{ each('known', columns) }}, false as is_new from {{ this }} as known),

loads as (select file_name, max(loaded_at) as loaded_at from rows_of_raw group by file_name),

-- Rows of an earlier load of a file than the one in RAW, or of a file that has no row there any more: it was loaded again,
-- and may have brought other rows, or none.
outdated as (
    select {{ each('known', columns) }} from known
    left join loads on known.file_name = loads.file_name
    where loads.file_name is null or known.loaded_at < loads.loaded_at
),

-- New rows, and every row of a key whose row a replay may have taken away.
news as (
    select candidates.* from candidates where {{ loaded_since(this, 'candidates') }}
    union distinct
    select candidates.* from candidates
    inner join outdated on {{ same('candidates', 'outdated', keys) }}
),

touched as (select distinct {{ each('news', keys) }} from news),

-- The row that is there competes, so that an old batch that comes late changes nothing.
contenders as (
    select news.* from news
    union all
    select known.* from known
    inner join touched on {{ same('known', 'touched', keys) }}
    left join outdated on {{ same('known', 'outdated', keys) }}
    where outdated.file_name is null
),
{% else %}
contenders as (select * from candidates),
{% endif %}

latest as (
    select * from contenders qualify row_number() over (partition by {{ keys | join(', ') }} order by {{ by_age() }}) = 1
)

select {{ each('latest', columns) }}{{ ', false as is_vanished' if is_incremental() }} from latest where is_new
{% if is_incremental() %}
union all
select {{ each('outdated', columns) }}, true as is_vanished from outdated
left join latest on {{ same('outdated', 'latest', keys) }}
where latest.file_name is null
{% endif %}
{%- endmacro %}
