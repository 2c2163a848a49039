{#- The schemas are made and granted by sql/snowflake: a model's schema is what dbt_project.yml says, without a prefix. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim | upper }}
{%- endmacro %}
