from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from emulator.athena_sql import InvalidQuery, to_spark

VIEWS = {
    ("gold", "spenders"): "select customer_id, total from summary where total > 0",
    ("gold", "nested"): "with best as (select * from spenders) select * from best",
    ("silver", "nested"): "with best as (select * from orders) select * from best",
    ("gold", "endless"): "select * from endless",
}


def spark(query: str, database: str = "silver") -> str:
    return to_spark(query, database, lambda home, name: VIEWS.get((home, name)))


def test_a_table_gets_the_query_s_database() -> None:
    assert spark("select a from orders") == "SELECT a FROM `silver`.orders AS orders"
    assert spark("select a from awsdatacatalog.gold.summary s") == "SELECT a FROM `gold`.summary AS s"


def test_a_view_becomes_its_definition_in_its_own_database() -> None:
    definition = "(SELECT customer_id, total FROM `gold`.summary AS summary WHERE total > 0)"
    assert spark("select * from gold.spenders") == f"SELECT * FROM {definition} AS spenders"
    assert spark("select s.total from gold.spenders as s") == f"SELECT s.total FROM {definition} AS s"


def test_ctes_of_two_views_keep_apart() -> None:
    text = spark("select * from gold.nested as a join silver.nested as b on a.id = b.id")
    assert text.count("WITH best AS") == 2
    assert text.startswith("SELECT * FROM (WITH best AS")


def test_a_cte_hides_a_view_of_its_name() -> None:
    assert spark("with spenders as (select 1 as a) select * from spenders", "gold") == (
        "WITH spenders AS (SELECT 1 AS a) SELECT * FROM spenders"
    )


def test_a_column_named_with_its_database_still_finds_the_view() -> None:
    assert spark("select gold.spenders.total from gold.spenders").startswith("SELECT spenders.total FROM (")


def test_metadata_tables() -> None:
    assert spark('select * from silver."orders$snapshots"') == "SELECT * FROM `silver`.`orders`.`snapshots`"


def test_functions_are_translated() -> None:
    query = "select date_diff('day', date '2025-01-01', date '2025-01-02')"
    assert spark(query) == "SELECT DATEDIFF(DAY, CAST('2025-01-01' AS DATE), CAST('2025-01-02' AS DATE))"


@pytest.mark.parametrize(
    "query, kind",
    [
        ("insert into orders values (1)", "insert"),
        ("drop table orders", "drop"),
        ("create table copy as select * from orders", "create"),
        ("delete from orders", "delete"),
        ("merge into orders using s on true when matched then delete", "merge"),
        ("vacuum orders", "vacuum"),
        ("call lake.system.expire_snapshots('orders')", "call"),
    ],
)
def test_only_reading(query: str, kind: str) -> None:
    with pytest.raises(InvalidQuery, match=rf"only reading is possible here .*, not {kind}"):
        spark(query)


def test_one_statement() -> None:
    with pytest.raises(InvalidQuery, match="expected one statement, got 2"):
        spark("select 1; drop table orders")


def test_a_mistake_is_placed() -> None:
    with pytest.raises(InvalidQuery, match=r"^line 2:\d+: "):
        spark("select a\nfrom (orders")


def test_a_view_of_itself() -> None:
    with pytest.raises(InvalidQuery, match="does one use itself"):
        spark("select * from gold.endless")


def test_its_dialect_is_loaded_before_queries_that_come_at_once() -> None:
    loaded = "import sys, emulator.athena_sql; print('sqlglot.dialects.athena' in sys.modules)"
    path = {"PYTHONPATH": str(Path(__file__).parents[3] / "local")}
    asked = subprocess.run([sys.executable, "-c", loaded], env=path, capture_output=True, text=True)
    assert asked.stdout == "True\n", asked.stderr
