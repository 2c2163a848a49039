"""dbt over the laptop's Snowflake: a project of its own, as its user, with no more than its role's grants."""

from __future__ import annotations

import json

import pytest
from running_snowflake import RunningSnowflake
from throwaway_project import Throwaway


@pytest.fixture
def project(snowflake: RunningSnowflake) -> Throwaway:
    return Throwaway(snowflake)


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
