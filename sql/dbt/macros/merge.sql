{#- dbt's merge with two differences: the source's columns are named as such, which is the same to Snowflake and clearer to others;
    and rows that the model marks as vanished leave the table, in the same statement. -#}
{% macro snowflake__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
    {%- set columns = dest_columns | map(attribute='quoted') | list -%}
    {%- set dml -%}
        merge into {{ target }} as dbt_internal_dest
        using {{ source }} as dbt_internal_source
        on {% for key in unique_key -%}
            dbt_internal_source.{{ key }} = dbt_internal_dest.{{ key }}{{ ' and ' if not loop.last }}
        {%- endfor %}
        when matched and dbt_internal_source.is_vanished then delete
        when matched then update set
            {% for column in columns -%}
            {{ column }} = dbt_internal_source.{{ column }}{{ ', ' if not loop.last }}
            {%- endfor %}
        when not matched then insert ({{ columns | join(', ') }})
        values ({% for column in columns %}dbt_internal_source.{{ column }}{{ ', ' if not loop.last }}{% endfor %})
    {%- endset -%}
    {#- One statement is a transaction of its own. -#}
    {%- do return(dml) -%}
{%- endmacro %}
