"""What a statement needs, against what the session's role has: so that the grants of sql/snowflake are seen to be enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duckdb import DuckDBPyConnection
from sqlglot import exp

from snowflake_host import rewriting
from snowflake_host.account import Account
from snowflake_host.errors import SnowflakeError, insufficient, missing, unsupported

# Of every database and of DuckDB itself: anyone who may use the database may read them.
FREE_SCHEMAS = {"INFORMATION_SCHEMA", "_FS_INFORMATION_SCHEMA"}
CHANGES: dict[type[exp.Expr], tuple[str, ...]] = {
    exp.Insert: ("INSERT",),
    exp.Update: ("UPDATE",),
    exp.Delete: ("DELETE",),
    exp.TruncateTable: ("TRUNCATE",),
    exp.Alter: ("OWNERSHIP",),
    exp.Comment: ("OWNERSHIP",),
}
NO_WAREHOUSE = (
    "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.\n"
)


@dataclass(frozen=True)
class Asker:
    """Whose statement it is, and where names without a schema are looked for."""

    account: Account
    connection: DuckDBPyConnection
    role: str
    database: str | None
    schema: str | None

    def full(self, table: exp.Table) -> str:
        parts = [table.catalog or self.database, table.db or self.schema, table.name]
        return ".".join((part or "?").upper() for part in parts)

    def qualify(self, name: str) -> str:
        parts = name.split(".")
        return ".".join([self.database or "?", self.schema or "?"][: 3 - len(parts)] + parts)

    def kind(self, name: str) -> str | None:
        database, schema, table = name.split(".")
        for kind, catalog in (("TABLE", "duckdb_tables"), ("VIEW", "duckdb_views")):
            sql = f"select 1 from {catalog}() where database_name = ? and upper(schema_name) = ? and upper({kind}_name) = ?"
            if self.connection.execute(sql, [database, schema, table]).fetchone():
                return kind
        return None

    def require_place(self, name: str) -> None:
        """That the role may use the database and the schema of an object."""
        database, schema, _ = name.split(".")
        may = self.account.may
        uses = may(self.role, "USAGE", "DATABASE", database)
        if not uses or not (schema in FREE_SCHEMAS or may(self.role, "USAGE", "SCHEMA", f"{database}.{schema}")):
            raise missing("object" if uses else "database", name if uses else database)

    def require(self, privilege: str, name: str) -> None:
        self.require_place(name)
        kind = self.kind(name)
        if name.split(".")[1] in FREE_SCHEMAS:
            return
        if kind is None:
            raise missing("object", name)
        if privilege == "OWNERSHIP":
            if not self.account.owns(self.role, kind, name):
                raise insufficient(kind, name.rpartition(".")[2])
        elif not self.account.may(self.role, privilege, kind, name):
            any_at_all = any(self.account.may(self.role, one, kind, name) for one in ("SELECT", "INSERT", "UPDATE", "DELETE"))
            raise insufficient(kind, name.rpartition(".")[2]) if any_at_all else missing("object", name)


def check(expression: exp.Expr, asker: Asker, warehouse: str | None) -> None:
    """Raises what Snowflake says when the role may not."""
    if isinstance(expression, (exp.Create, exp.Drop)):
        _check_definition(expression, asker)
    target = target_of(expression)
    if target is not None:
        for privilege in _changes(expression):
            asker.require(privilege, asker.full(target))
    read = [table for table in _tables(expression) if table is not target]
    for table in read:
        asker.require("SELECT", asker.full(table))
    if (read or isinstance(expression, (exp.Insert, exp.Update, exp.Delete, exp.Merge))) and not isinstance(
        expression, exp.Describe
    ):
        require_warehouse(asker, warehouse)


def require_warehouse(asker: Asker, warehouse: str | None) -> None:
    if warehouse is None or not asker.account.may(asker.role, "USAGE", "WAREHOUSE", warehouse):
        raise SnowflakeError("000606", "57P03", NO_WAREHOUSE)


def target_of(expression: exp.Expr) -> exp.Table | None:
    """What a statement changes."""
    if isinstance(expression, exp.Create):
        found = expression.this
    elif isinstance(expression, exp.Drop):
        if len(expression.args["tables"]) > 1:
            raise unsupported("DROP of several objects")
        found = expression.args["tables"][0]
    elif isinstance(expression, (exp.Merge, *CHANGES)):
        found = expression.expressions[0] if isinstance(expression, exp.TruncateTable) else expression.this
    else:
        return None
    found = found.this if isinstance(found, exp.Schema) else found
    return found if isinstance(found, exp.Table) else None


def _changes(expression: exp.Expr) -> tuple[str, ...]:
    if isinstance(expression, exp.Merge):
        thens = [when.args.get("then") for when in expression.find_all(exp.When)]
        return tuple({_merged(then) for then in thens})
    return CHANGES.get(type(expression), ())


def _merged(then: exp.Expr | None) -> str:
    if isinstance(then, exp.Insert):
        return "INSERT"
    return "UPDATE" if isinstance(then, exp.Update) else "DELETE"


def _tables(expression: exp.Expr) -> Iterator[exp.Table]:
    if isinstance(expression, (exp.Show, exp.Use, exp.Drop, exp.Alter, exp.Command)):
        return
    target = target_of(expression)
    named = {cte.alias.upper() for cte in expression.find_all(exp.CTE)}
    for table in expression.find_all(exp.Table):
        is_named = not table.db and table.name.upper() in named
        if isinstance(table.this, exp.Identifier) and not is_named and not _is_place(expression, table, target):
            yield table


def _is_place(expression: exp.Expr, table: exp.Table, target: exp.Table | None) -> bool:
    """Names of databases and schemas are tables to sqlglot."""
    kind = str(expression.args.get("kind") or "").upper()
    return isinstance(expression, (exp.Create, exp.Drop)) and kind in ("DATABASE", "SCHEMA") and table is target


def _check_definition(expression: exp.Create | exp.Drop, asker: Asker) -> None:
    kind = str(expression.args["kind"]).upper()
    target = target_of(expression)
    if target is None:
        return
    if kind == "DATABASE":
        if "SYSADMIN" not in asker.account.roles_of(asker.role):
            raise insufficient("account", target.name)
    elif kind == "SCHEMA":
        database = (target.catalog or asker.database or "?").upper()
        if not isinstance(expression, exp.Create) or not asker.account.may(asker.role, "CREATE SCHEMA", "DATABASE", database):
            raise insufficient("database", database)
    else:
        _check_relation(expression, asker, kind, asker.full(target))


def _check_relation(expression: exp.Create | exp.Drop, asker: Asker, kind: str, name: str) -> None:
    asker.require_place(name)
    exists = asker.kind(name)
    if isinstance(expression, exp.Create):
        schema = name.rpartition(".")[0]
        # A temporary table is nobody's concern but the session's.
        is_free = kind == "TABLE" and expression.meta.get(rewriting.TEMPORARY)
        if not is_free and not asker.account.may(asker.role, f"CREATE {kind}", "SCHEMA", schema):
            raise insufficient("schema", schema)
        if exists and not expression.args.get("exists"):
            asker.require("OWNERSHIP", name)
    elif exists:
        asker.require("OWNERSHIP", name)
