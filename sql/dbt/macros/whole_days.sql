{#- The first day that an incremental run rebuilds: lookback_days before the last batch that the mart itself knows, so that a mart
    that missed a run, or ten, catches up; or rebuild_from, if earlier. -#}
{% macro first_day_to_rebuild(this) -%}
    (
        select
            least(
                coalesce(
                    cast(dateadd(day, -{{ var('lookback_days') }}, max(last_batch_date)) as date),
                    to_date('0001-01-01')
                ),
                to_date('{{ var("rebuild_from") or "9999-12-31" }}')
            )
        from {{ this }}
    )
{%- endmacro %}

{#- dbt's own delete+insert deletes the days that it inserts; a day whose last sale was corrected away would stay.
    Here every day of the window goes, in one transaction with what comes. -#}
{% macro get_incremental_whole_days_sql(arguments) -%}
    {%- set target = arguments['target_relation'] -%}
    {%- set columns = get_quoted_csv(arguments['dest_columns'] | map(attribute='name')) -%}
    {%- set statements -%}
        delete from {{ target }} where sales_date >= {{ first_day_to_rebuild(target) }};
        insert into {{ target }} ({{ columns }}) (select {{ columns }} from {{ arguments['temp_relation'] }})
    {%- endset -%}
    {%- do return(snowflake_dml_explicit_transaction(statements)) -%}
{%- endmacro %}
