"""What fakesnow does not take as Snowflake does, put so that it does. The only place where a statement is changed."""

from __future__ import annotations

import re

import fakesnow.transforms
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from snowflake_host import load_history
from snowflake_host.errors import syntax, unsupported

# ``create schema … with managed access``, which sqlglot has no tree for. All grants are an administrator's here.
MANAGED = re.compile(
    r"""^(create\s+schema\s+(?:if\s+not\s+exists\s+)?[\w.]+)\s+with\s+managed\s+access
    (?:\s+comment\s*=\s*'[^']*')?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
# fakesnow sums and averages over doubles, so that texts can be summed, too: money would lose its cents. Without it a sum of
# texts is refused.
fakesnow.transforms.numeric_agg_implicit_cast = lambda expression: expression
KINDS = (
    exp.Select, exp.SetOperation, exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.TruncateTable, exp.Create, exp.Drop,
    exp.Alter, exp.Comment, exp.Show, exp.Describe, exp.Use, exp.Transaction, exp.Commit, exp.Rollback,
)  # fmt: skip
# Of a tree: that the relation it creates is the session's own.
TEMPORARY = "temporary"
RELATIONS = {"TABLE", "VIEW", "SCHEMA", "DATABASE"}


def parse(sql: str, database: str | None) -> exp.Expr:
    """The statement's tree. Raises for what is not Snowflake's, and for what the laptop does not execute."""
    managed = MANAGED.match(sql)
    try:
        expression = sqlglot.parse_one(managed.group(1) if managed else sql, read="snowflake")
    except SqlglotError as error:
        raise syntax(re.sub(r"\x1b\[\d+m", "", str(error))) from None
    if not isinstance(expression, KINDS):
        raise unsupported(f"{sql.split()[0].upper()} statement: {sql[:60]}")
    kind = str(expression.args.get("kind") or "").upper()
    if isinstance(expression, (exp.Create, exp.Drop)) and kind not in RELATIONS:
        raise unsupported(f"{sql.split()[0].upper()} {kind}")
    if isinstance(expression, exp.Alter):
        _check_alter(expression, kind, sql)
    if isinstance(expression, exp.Create):
        _without_temporary(expression)
    if isinstance(expression, exp.Merge):
        _name_source_columns(expression)
    return load_history.rewrite(expression, database)


def _check_alter(expression: exp.Alter, kind: str, sql: str) -> None:
    actions = expression.args.get("actions") or []
    if kind not in ("TABLE", "SESSION") or any(isinstance(one, (exp.AlterRename, exp.SwapTable)) for one in actions):
        raise unsupported(f"statement {sql[:60]}")


def _without_temporary(expression: exp.Create) -> None:
    """Temporary relations have a database in their names, where DuckDB has temporary ones in a catalog of their own only. The
    session drops its own at its end. Transient tables differ from others in what can be restored."""
    properties = expression.args.get("properties")
    if properties is None:
        return
    expression.meta[TEMPORARY] = any(isinstance(one, exp.TemporaryProperty) for one in properties.expressions)
    kept = [one for one in properties.expressions if not isinstance(one, (exp.TemporaryProperty, exp.TransientProperty))]
    expression.set("properties", exp.Properties(expressions=kept) if kept else None)


def _name_source_columns(merge: exp.Merge) -> None:
    """dbt's ``when not matched then insert … values ("ID")`` means the source's column, the only one that there is; fakesnow
    selects it from a join of both."""
    source = merge.args["using"].alias_or_name
    for when in merge.find_all(exp.When):
        then = when.args.get("then")
        values = then.expression if isinstance(then, exp.Insert) else None
        for column in values.find_all(exp.Column) if values else ():
            if not column.table:
                column.set("table", exp.to_identifier(source))
