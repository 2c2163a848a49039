"""Athena's SQL as Spark's: read-only, views put in the place of their names."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ClassVar

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.dialects.athena import Athena
from sqlglot.dialects.spark import Spark
from sqlglot.errors import ParseError

MAX_DEPTH = 16

# It warns of statements that it does not parse; here they are refused by name.
logging.getLogger("sqlglot").setLevel(logging.ERROR)

# The SQL of a view, given database and name; None for what is no view.
ViewLookup = Callable[[str, str], str | None]


class NestedSpark(Spark):
    """Spark, with CTEs left where they are: moved to the top, those of two views could meet under one name."""

    class Generator(Spark.Generator):
        EXPRESSIONS_WITHOUT_NESTED_CTES: ClassVar[set[type[exp.Expression]]] = set()


class InvalidQuery(Exception):
    """A query that cannot be answered, said as Athena says it."""


def to_spark(query: str, database: str, view: ViewLookup) -> str:
    """The query in Spark's SQL. InvalidQuery for anything but reading, and for what Spark cannot say."""
    tree = _inline_views(_parse(query), database, view, depth=0)
    return tree.sql(dialect=NestedSpark, unsupported_level=ErrorLevel.RAISE)


def _parse(query: str) -> exp.Query:
    try:
        # By class: looked up by its name, a dialect is found by a second thread while the first still loads it.
        statements = [statement for statement in sqlglot.parse(query, dialect=Athena) if statement is not None]
    except ParseError as error:
        detail = error.errors[0]
        raise InvalidQuery(f"line {detail['line']}:{detail['col']}: {detail['description']}") from error
    if len(statements) != 1:
        raise InvalidQuery(f"expected one statement, got {len(statements)}")
    statement = statements[0]
    if not isinstance(statement, exp.Query):
        raise InvalidQuery(f"only reading is possible here (select, with, show, describe), not {_name(statement)}")
    return statement


def _name(statement: exp.Expr) -> str:
    if isinstance(statement, exp.Command):
        return str(statement.this).lower()
    return statement.key.lower()


def _inline_views(tree: exp.Query, database: str, view: ViewLookup, depth: int) -> exp.Query:
    """Every table gets its database, every view its definition."""
    if depth > MAX_DEPTH:
        raise InvalidQuery(f"views within views, more than {MAX_DEPTH} deep: does one use itself?")
    local_names = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for column in tree.find_all(exp.Column):
        # `silver.purchases.quantity` is `purchases.quantity` once the table may have become a subquery.
        column.set("db", None)
        column.set("catalog", None)
    for table in list(tree.find_all(exp.Table)):
        if not isinstance(table.this, exp.Identifier) or (not table.db and table.name.lower() in local_names):
            continue
        home = table.db or database
        definition = view(home.lower(), table.name.lower())
        if definition is None:
            _qualify(table, home)
        else:
            body = _inline_views(_parse(definition), home, view, depth + 1)
            table.replace(body.subquery(table.alias_or_name, copy=False))
    return tree


def _qualify(table: exp.Table, database: str) -> None:
    """`silver.t` in the default catalog; Athena's `"t$snapshots"` is Iceberg's `t.snapshots`."""
    name, _, metadata = table.name.partition("$")
    if not table.alias and metadata == "":
        table.set("alias", exp.TableAlias(this=exp.to_identifier(name)))
    table.set("catalog", None)
    if metadata:
        table.set("catalog", exp.to_identifier(database, quoted=True))
        table.set("db", exp.to_identifier(name, quoted=True))
        table.set("this", exp.to_identifier(metadata, quoted=True))
    else:
        table.set("db", exp.to_identifier(database, quoted=True))
