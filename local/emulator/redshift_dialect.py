"""The one place that turns Redshift's SQL into PostgreSQL's.

What is not known to mean the same is refused by name. Known differences that stay, for only a real Redshift has them:
``varchar(n)`` counts bytes; a quotient of decimals has another scale; ``median`` and ``percentile_cont`` of decimals are
decimals there and floats here; values of identity columns have other gaps; text compares by bytes in both (collation C).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import ErrorLevel, exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.errors import UnsupportedError

from emulator import redshift_tables
from emulator.redshift_calls import NotTranslated, rewrite_calls
from emulator.redshift_commands import command
from emulator.redshift_copy_command import CopyCommand, read_copy
from emulator.redshift_lacking import lacking
from emulator.redshift_parser import NotRedshift, parse, single
from emulator.redshift_procedures import is_procedure, procedure_to_postgres

__all__ = ["NotRedshift", "NotTranslated", "Translation", "to_postgres", "translate"]

NoParameters: Mapping[str, str] = {}
# Statements that answer with rows, or change them.
QUERIES = (exp.Query,)
CHANGES = (exp.Insert, exp.Update, exp.Delete, exp.Merge)
DEFINITIONS = {"TABLE", "VIEW", "SCHEMA"}


@dataclass(frozen=True)
class Translation:
    """One statement of Redshift: PostgreSQL's statements for it, in order, or a COPY, which is no SQL here."""

    text: str
    statements: list[str] = field(default_factory=list)
    has_rows: bool = False
    copy: CopyCommand | None = None


def to_postgres(sql: str, parameters: Mapping[str, str] = NoParameters) -> list[str]:
    """PostgreSQL's statements for one of Redshift's; empty for one without a meaning here.

    NotRedshift for what Redshift would refuse, NotTranslated for what is unknown here, COPY among it.
    """
    translation = translate(sql, parameters)
    if translation.copy:
        raise NotTranslated("copy, which the Data API runs itself,")
    return translation.statements


def translate(sql: str, parameters: Mapping[str, str] = NoParameters) -> Translation:
    text, tokens = single(sql)
    first = tokens[0].text.lower()
    if first == "copy":
        return Translation(text, copy=read_copy(text))
    if first == "explain":
        return Translation(
            text, [f"explain {statement}" for statement in _query(text[len(first) :], parameters)], has_rows=True
        )
    if is_procedure(text):
        return Translation(text, [procedure_to_postgres(text, to_postgres)])
    statements = command(text)
    if statements is not None:
        return Translation(text, statements)
    tree = parse(text)
    has_rows = isinstance(tree, QUERIES)
    after = redshift_tables.statements_after(tree)
    return Translation(text, [_write(_rewrite(tree, parameters)), *after], has_rows=has_rows)


def _query(text: str, parameters: Mapping[str, str]) -> list[str]:
    return [_write(_rewrite(parse(text), parameters))]


def _rewrite(tree: exp.Expr, parameters: Mapping[str, str]) -> exp.Expr:
    for fault in lacking(tree):
        raise NotRedshift(fault)
    _check_kind(tree)
    _check_known(tree)
    if isinstance(tree, exp.Create):
        _rewrite_create(tree)
    if isinstance(tree, exp.Alter):
        _rewrite_alter(tree)
    _bind(tree, parameters)
    redshift_tables.rewrite_types(tree)
    return rewrite_calls(tree)


def _check_kind(tree: exp.Expr) -> None:
    known = (*QUERIES, *CHANGES, exp.Create, exp.Alter, exp.Drop, exp.TruncateTable, exp.Comment)
    if not isinstance(tree, known):
        what = str(tree.this) if isinstance(tree, exp.Command) else tree.key
        raise NotTranslated(f"{what.lower()} …")


def _rewrite_create(tree: exp.Create) -> None:
    kind = str(tree.args.get("kind")).upper()
    if kind not in DEFINITIONS:
        raise NotTranslated(f"create {kind.lower()}")
    if kind == "TABLE":
        redshift_tables.rewrite_create_table(tree)
    if kind == "VIEW":
        for one in list(tree.find_all(exp.MaterializedProperty)):
            raise NotTranslated(f"create {one.key.removesuffix('property')} view")
        if tree.args.get("no_schema_binding"):
            raise NotTranslated("a view with no schema binding")


def _rewrite_alter(tree: exp.Alter) -> None:
    for action in tree.args.get("actions") or []:
        if isinstance(action, exp.ColumnDef):
            redshift_tables.rewrite_column(action)
        elif isinstance(action, exp.AddConstraint):
            raise NotTranslated("alter table add constraint, which is informational in Redshift,")


def _check_known(tree: exp.Expr) -> None:
    """Redshift has these; here nobody has needed them yet."""
    for bracket in tree.find_all(exp.Bracket):
        raise NotTranslated(f"{bracket.sql(dialect='redshift')}, a way into a super value,")
    for star in tree.find_all(exp.Star):
        if any(star.args.get(change) for change in ("except_", "replace", "rename")):
            raise NotTranslated("select * exclude")
    for table in tree.find_all(exp.Table):
        if table.name.startswith("#"):
            raise NotTranslated(f"the name {table.name} for a temporary table")
    for delete in tree.find_all(exp.Delete):
        if not isinstance(delete.this, exp.Table):
            raise NotTranslated("delete without from")


def _bind(tree: exp.Expr, parameters: Mapping[str, str]) -> None:
    """Every value is a string without a type, which becomes what its place wants, as in Redshift."""
    for place in list(tree.find_all(exp.Placeholder)):
        if place.name not in parameters:
            raise NotRedshift(f'syntax error at or near ":{place.name}": there is no parameter of that name')
        place.replace(exp.Literal.string(parameters[place.name]))


def _write(tree: exp.Expr) -> str:
    try:
        return tree.sql(dialect=Postgres, unsupported_level=ErrorLevel.RAISE)
    except UnsupportedError as error:
        raise NotTranslated(str(error).splitlines()[0].rstrip(".")) from error
