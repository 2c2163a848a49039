"""What the functions derive of the models' SQL agrees with a parser, the folders and the database."""

from __future__ import annotations

import pytest
import sqlglot
from psycopg import Connection
from sqlglot import exp
from star_schema import ROOT, refresh, rows, warehouse_sql

SQL = ROOT / "sql" / "redshift"
MODELS = sorted(warehouse_sql().models)
# What is no column of another table, and so has no width.
MADE = {
    "dim_customer": {"change_hash"},
    "dim_product": {"change_hash"},
    "dim_date": {"month_name", "day_name"},
    "daily_sales": {"category"},
}


def files(folder: str) -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in (SQL / folder).glob("*.sql")}


def test_models_are_the_files_of_their_folder() -> None:
    assert {name: model["sql"] for name, model in warehouse_sql().models.items()} == files("models")


def test_checks_are_the_files_of_their_folder() -> None:
    assert warehouse_sql().checks == files("checks")


def parsed(sql: str) -> list[exp.Expr]:
    return [tree for tree in sqlglot.parse(sql, read="redshift") if tree is not None]


def temporary(sql: str) -> set[str]:
    return {tree.this.name for tree in parsed(sql) if isinstance(tree, exp.Create)}


def tables(sql: str) -> set[str]:
    """That are read, with their schemas, but for the names that a statement gives itself."""
    found: set[str] = set()
    for tree in parsed(sql):
        own = {cte.alias for cte in tree.find_all(exp.CTE)}
        read = [table for table in tree.find_all(exp.Table) if table is not tree.this]
        found |= {f"{table.db}.{table.name}".lstrip(".") for table in read if table.db or table.name not in own}
    return found


def owners() -> dict[str, str]:
    """Of each table that a refresh has, the model that makes it."""
    made = {}
    for name, model in warehouse_sql().models.items():
        for table in [model["table"], f"{name}_added", f"{name}_removed", *temporary(model["sql"])]:
            assert table not in made
            made[table] = name
    return made


@pytest.mark.parametrize("name", MODELS)
def test_a_model_reads_what_the_order_is_made_of(name: str) -> None:
    made, before = owners(), set().union(*(temporary(sql) for sql in files("refresh").values()))
    read = tables(warehouse_sql().models[name]["sql"])
    assert {table for table in read if table not in made and table not in before and not table.startswith("staging.")} == set()
    others = {made[table] for table in read if table in made} - {name}
    assert set(warehouse_sql().reads[name]) == others
    order = list(warehouse_sql().order)
    assert others <= set(order[: order.index(name)])


def test_the_order_has_every_model_once() -> None:
    assert sorted(warehouse_sql().order) == MODELS


@pytest.fixture(scope="module")
def refreshed(created: Connection) -> Connection:
    """Its session still has the temporary tables."""
    refresh(created)
    return created


def columns(connection: Connection, table: str) -> list[tuple[str, str, int | None]]:
    """Their names, types and lengths; of a temporary table when there is no schema."""
    schema, _, name = table.rpartition(".")
    of = f"'{schema}'" if schema else "(select nspname from pg_namespace where oid = pg_my_temp_schema())"
    select = f"""select column_name, data_type, character_maximum_length from information_schema.columns
        where table_schema = {of} and table_name = '{name}' order by ordinal_position"""
    texts = {"character": "text", "character varying": "text"}
    return [(column, texts.get(kind, kind), length) for column, kind, length in rows(connection, select)]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("kind", ["rows", "known", "added", "removed"])
def test_a_model_has_the_columns_of_its_table(refreshed: Connection, name: str, kind: str) -> None:
    made, table = columns(refreshed, f"{name}_{kind}"), columns(refreshed, warehouse_sql().models[name]["table"])
    assert [column[:2] for column in made] == [column[:2] for column in table]


@pytest.mark.parametrize("name", MODELS)
def test_a_table_is_as_wide_as_what_comes_into_it(refreshed: Connection, name: str) -> None:
    """What a model hands on from staging has the width of there."""
    coming = {column: length for column, _, length in columns(refreshed, f"{name}_rows")}
    wide = {column: length for column, _, length in columns(refreshed, warehouse_sql().models[name]["table"]) if length}
    assert {column for column in wide if coming[column] is None} == MADE.get(name, set())
    assert {column: coming[column] for column in wide if (coming[column] or 0) > (wide[column] or 0)} == {}
