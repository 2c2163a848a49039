"""dbt over the laptop's Snowflake: a project of its own, as its user, with no more than its role's grants."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
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
{% if is_incremental() %} and loaded_at > (select coalesce(max(loaded_at), '1900-01-01'::timestamp_ltz) from {{ this }}){% endif %}
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
    def __init__(self, snowflake: RunningSnowflake, folder: Path) -> None:
        self.snowflake = snowflake
        self.folder = folder
        self.file = f"test/{uuid.uuid4().hex[:8]}.csv"
        for name, content in PROJECT.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(content.replace("PREFIX", self.file))

    def sell(self, store: str, transaction: str, amount: str) -> None:
        values = f"'{store}', '{transaction}', '{amount}', '2025-01-11', current_timestamp(), '{self.file}', 1"
        columns = "store_token, transaction_id, amount, batch_date, loaded_at, file_name, file_row_number"
        self.snowflake.rows(f"insert into raw.sales ({columns}) select {values}")

    def run(self, *args: str, user: str = "transformer", **environment: str) -> tuple[int, list[str]]:
        key = self.snowflake.keys[user]["private"]
        own = {"SNOWFLAKE_USER": "ASSAY_TRANSFORMER_USER", "SNOWFLAKE_PRIVATE_KEY": key, **environment}
        return self.snowflake.dbt(*args, project=str(self.folder), environment=own)

    def done(self, *args: str) -> list[str]:
        code, lines = self.run(*args)
        assert code == 0, "\n".join(lines)
        return lines

    def rows_affected(self) -> dict[str, Any]:
        results = json.loads((self.snowflake.folder / "dbt" / "target" / "run_results.json").read_text())["results"]
        return {one["unique_id"].rpartition(".")[2]: one["adapter_response"].get("rows_affected") for one in results}


@pytest.fixture
def project(snowflake: RunningSnowflake, tmp_path: Path) -> Throwaway:
    snowflake.rows("use role assay_transformer", "transformer")
    return Throwaway(snowflake, tmp_path)


def test_incremental_models_grow_and_equal_a_rebuild(project: Throwaway) -> None:
    project.sell("s1", "t1", "1.00")
    project.sell("s2", "t1", "2.00")
    project.done("run", "--full-refresh")
    project.sell("s1", "t1", "1.50")
    project.sell("s1", "t2", "4.00")
    project.done("run")
    assert project.rows_affected()["latest"] == 2
    totals = "select id, sales, amount from marts.totals order by id"
    grown = project.snowflake.rows(totals, "reader")
    assert grown == [["s1", "2", "5.50"], ["s2", "1", "2.00"]]
    project.done("run")
    assert project.rows_affected()["latest"] == 0
    project.done("run", "--full-refresh")
    assert project.snowflake.rows(totals, "reader") == grown
    assert project.snowflake.rows("select count(*) from marts.seen", "reader") == [["2"]]


def test_build_docs_and_freshness(project: Throwaway) -> None:
    project.sell("s1", "t1", "1.00")
    assert any("PASS=5" in line for line in project.done("build", "--full-refresh"))
    project.done("docs", "generate")
    catalog = json.loads((project.snowflake.folder / "dbt" / "target" / "catalog.json").read_text())
    assert set(catalog["nodes"]["model.throwaway.totals"]["columns"]) == {"ID", "SALES", "AMOUNT"}
    assert any("PASS freshness" in line for line in project.done("source", "freshness"))


def test_a_failed_test_fails_the_run(project: Throwaway) -> None:
    project.sell("s1", "t1", "1.00")
    project.snowflake.rows(
        f"insert into raw.sales (transaction_id, batch_date, loaded_at, file_name, file_row_number) "
        f"select 't9', '2025-01-11', current_timestamp(), '{project.file}', 2"
    )
    code, lines = project.run("build", "--full-refresh")
    assert code == 1
    assert any("not_null_latest_id" in line and "FAIL 1" in line for line in lines)


def test_dbt_connects_with_its_own_key_and_role_only(project: Throwaway) -> None:
    code, lines = project.run("run", user="stranger")
    assert code != 0
    assert "JWT token is invalid" in "\n".join(lines)
    code, lines = project.run("run", SNOWFLAKE_ROLE="ASSAY_LOADER")
    assert code != 0
    assert "Role 'ASSAY_LOADER' does not exist or not authorized" in "\n".join(lines)


def test_the_laptops_own_options_are_refused(project: Throwaway) -> None:
    code, lines = project.run("run", "--target-path", "/elsewhere")
    assert (code, lines) == (2, ["ValueError: --target-path is the laptop's to say"])
