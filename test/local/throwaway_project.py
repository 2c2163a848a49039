"""A small dbt project of incremental models over RAW, as a test's own."""

from __future__ import annotations

import json
import shutil
import uuid
from typing import Any

from running_snowflake import RunningSnowflake

PROJECT = {
    "dbt_project.yml": """
name: throwaway
version: '1.0'
profile: throwaway
model-paths: [models]
""",
    "profiles.yml": """
throwaway:
  target: laptop
  outputs:
    laptop:
      type: snowflake
      account: laptop
      user: "{{ env_var('SNOWFLAKE_USER') }}"
      private_key: "{{ env_var('SNOWFLAKE_PRIVATE_KEY') }}"
      role: "{{ env_var('SNOWFLAKE_ROLE', 'ASSAY_TRANSFORMER') }}"
      warehouse: ASSAY_TRANSFORMING
      database: ASSAY
      schema: STAGING
      threads: 4
      query_tag: throwaway
""",
    "macros/generate_schema_name.sql": """
{% macro generate_schema_name(name, node) %}{{ name or target.schema }}{% endmacro %}
""",
    "models/latest.sql": """
{{ config(materialized='incremental', unique_key=['id', 'part'], incremental_strategy='merge', on_schema_change='fail') }}
select store_token as id, transaction_id as part, try_to_decimal(amount, 12, 2) as amount, loaded_at
from {{ source('raw', 'sales') }}
where file_name = 'PREFIX'
{% if is_incremental() %}
and loaded_at > (select coalesce(max(loaded_at), '1900-01-01'::timestamp_ltz) from {{ this }})
{% endif %}
qualify row_number() over (partition by store_token, transaction_id order by loaded_at desc) = 1
""",
    "models/totals.sql": """
{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert', schema='MARTS') }}
select id, count(*) as sales, sum(amount) as amount from {{ ref('latest') }} group by id
""",
    "models/seen.sql": """
{{ config(materialized='view', schema='MARTS') }}
select id from {{ ref('totals') }}
""",
    "models/schema.yml": """
version: 2
sources:
  - name: raw
    database: ASSAY
    schema: RAW
    tables:
      - name: sales
        config: {loaded_at_field: loaded_at, freshness: {warn_after: {count: 2, period: day}}}
models:
  - name: latest
    description: one row a key
    columns: [{name: id, description: "it's a key", data_tests: [not_null]}]
  - name: totals
    columns: [{name: id, data_tests: [unique]}]
""",
}


class Throwaway:
    def __init__(self, snowflake: RunningSnowflake) -> None:
        self.snowflake = snowflake
        self.file = f"test/{uuid.uuid4().hex[:8]}.csv"
        shutil.rmtree(snowflake.project, ignore_errors=True)
        for name, content in PROJECT.items():
            path = snowflake.project / name
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_text(content.replace("PREFIX", self.file))

    def sell(self, store: str, transaction: str, amount: str) -> None:
        values = f"'{store}', '{transaction}', '{amount}', '2025-01-11', current_timestamp(), '{self.file}', 1"
        columns = "store_token, transaction_id, amount, batch_date, loaded_at, file_name, file_row_number"
        self.snowflake.rows(f"insert into raw.sales ({columns}) select {values}")

    def run(self, *args: str, user: str = "transformer", **environment: str) -> tuple[int, list[str]]:
        key = self.snowflake.keys[user]["private"]
        own = {"SNOWFLAKE_USER": "ASSAY_TRANSFORMER_USER", "SNOWFLAKE_PRIVATE_KEY": key, **environment}
        return self.snowflake.dbt(*args, environment=own)

    def done(self, *args: str) -> list[str]:
        code, lines = self.run(*args)
        assert code == 0, "\n".join(lines)
        return lines

    def rows_affected(self) -> dict[str, Any]:
        results = json.loads((self.snowflake.folder / "dbt" / "target" / "run_results.json").read_text())["results"]
        return {one["unique_id"].rpartition(".")[2]: one["adapter_response"].get("rows_affected") for one in results}
