{#- Text → UTC timestamp_ntz, or null. `yyyy-MM-dd HH:mm:ss` or with a T, up to six decimals of a second, then nothing or Z
    (UTC), or an offset ±hh:mm. Built from the text's own offset, so that no session's TIMEZONE has a say. -#}
{% macro utc_time(text) -%}
    iff(
        regexp_like(
            {{ text }},
            '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?'
        ),
        dateadd(
            minute,
            -coalesce(
                try_to_number(substr(regexp_substr({{ text }}, '[+-][0-9]{2}:[0-9]{2}$'), 1, 1) || '1')
                * (
                    try_to_number(substr(regexp_substr({{ text }}, '[+-][0-9]{2}:[0-9]{2}$'), 2, 2)) * 60
                    + try_to_number(substr(regexp_substr({{ text }}, '[+-][0-9]{2}:[0-9]{2}$'), 5, 2))
                ),
                0
            ),
            try_to_timestamp_ntz(
                substr({{ text }}, 1, 10) || ' ' || substr({{ text }}, 12, 8) || '.'
                || rpad(iff(substr({{ text }}, 20, 1) = '.', regexp_replace(substr({{ text }}, 21), '[^0-9].*$', ''), ''), 6, '0'),
                'YYYY-MM-DD HH24:MI:SS.FF6'
            )
        ),
        null
    )
{%- endmacro %}

{#- Text → decimal(18, 2), or null; a third decimal is refused, where Snowflake alone would round it away. -#}
{% macro exact_amount(text) -%}
    iff(regexp_like({{ text }}, '[+-]?[0-9]{1,16}([.][0-9]{1,2})?'), try_to_decimal({{ text }}, 18, 2), null)
{%- endmacro %}

{% macro iso_date(text) -%}
    iff(regexp_like({{ text }}, '[0-9]{4}-[0-9]{2}-[0-9]{2}'), try_to_date({{ text }}, 'YYYY-MM-DD'), null)
{%- endmacro %}

{#- A line that repeats the columns' names, wherever it stands in a file. -#}
{% macro is_header_row(columns) -%}
    {%- for column in columns %}
    {{ 'and ' if not loop.first }}coalesce(lower(trim({{ column }})), '') = '{{ column }}'
    {%- endfor -%}
{%- endmacro %}

{#- `rules`: pairs of a condition that refuses a row and its reason → all reasons that hold, or null. -#}
{% macro reasons(rules) -%}
    nullif(
        substr(
            {%- for condition, reason in rules %}
            {{ '|| ' if not loop.first }}iff({{ condition }}, '; {{ reason }}', '')
            {%- endfor %},
            3
        ),
        ''
    )
{%- endmacro %}
