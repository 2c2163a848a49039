"""``copy into <table>`` from a named stage over S3, which fakesnow cannot fetch from: read strictly.

Only what a loader needs: named files, a transformation of columns of CSV or columns of Parquet by their names, abort at the
first error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from snowflake_host.copy_formats import FileFormat, read_format
from snowflake_host.errors import syntax, unsupported
from snowflake_host.parquet_columns import ParquetFormat
from snowflake_host.words import Kind, Words

FILENAME = "METADATA$FILENAME"
ROW_NUMBER = "METADATA$FILE_ROW_NUMBER"
OPTIONS: dict[str, Kind] = {
    "ON_ERROR": ("ABORT_STATEMENT",),
    "MATCH_BY_COLUMN_NAME": ("CASE_INSENSITIVE",),
    "FORCE": bool,
}
# What a transformation of the loader's may call, of the functions that Snowflake allows in one.
FUNCTIONS = (
    exp.If, exp.Case, exp.Cast, exp.TryCast, exp.Coalesce, exp.CurrentTimestamp, exp.TsOrDsToDate, exp.StrToDate,
    exp.Trim, exp.Upper, exp.Lower, exp.Nullif, exp.And, exp.Or,
)  # fmt: skip


@dataclass(frozen=True)
class CopyCommand:
    table: str
    columns: list[str]
    # None: the file's columns one by one, or by name, of a copy without transformation.
    expressions: list[exp.Expr] | None
    stage: str
    path: str
    files: list[str]
    form: FileFormat
    force: bool


def is_copy(sql: str) -> bool:
    return Words(sql).accept("COPY", "INTO")


def read_copy(sql: str) -> CopyCommand:
    words = Words(sql)
    words.expect("COPY", "INTO")
    if words.sees("@"):
        raise unsupported("COPY INTO a stage")
    table = words.name()
    columns = [name.strip().upper() for name in words.bracketed().split(",")] if words.sees("(") else []
    words.expect("FROM")
    expressions = None
    if words.sees("("):
        expressions, stage, path = _transformation(words.bracketed())
    else:
        stage, path = _stage(words)
    options = _options(words)
    _check_matching(options, bool(columns or expressions))
    return CopyCommand(table, columns, expressions, stage, path, options["FILES"], options["FORM"], options["FORCE"])


def _stage(words: Words) -> tuple[str, str]:
    words.expect("@")
    name = words.name()
    path = ""
    while words.accept("/"):
        path += f"{words.source_name()}/"
    return name, path


def _options(words: Words) -> dict[str, Any]:
    found: dict[str, Any] = {"FORCE": False}
    while not words.ended:
        name = words.word()
        words.expect("=")
        if name == "FILES":
            found["FILES"] = words.texts()
        elif name == "FILE_FORMAT":
            found["FORM"] = read_format(words)
        elif name in OPTIONS:
            found[name] = words.value(name, OPTIONS[name])
        else:
            raise unsupported(f"COPY option {name}")
    for required in ("FILES", "FORM"):
        if not found.get(required):
            raise unsupported(f"COPY without {required.replace('FORM', 'FILE_FORMAT')}")
    return found


def _check_matching(options: dict[str, Any], names_columns: bool) -> None:
    """Parquet comes by its columns' names here, and nothing else does."""
    is_parquet = isinstance(options["FORM"], ParquetFormat)
    if is_parquet != ("MATCH_BY_COLUMN_NAME" in options):
        raise unsupported("COPY of Parquet without MATCH_BY_COLUMN_NAME, or of CSV with it")
    if is_parquet and names_columns:
        raise unsupported("MATCH_BY_COLUMN_NAME with a list of columns or a transformation")


def _transformation(sql: str) -> tuple[list[exp.Expr], str, str]:
    """The expressions of ``select … from @stage``, and the stage."""
    try:
        select = sqlglot.parse_one(f"select {_columns_of(sql)}", read="snowflake")
    except SqlglotError as error:
        raise syntax(str(error)) from None
    if not isinstance(select, exp.Select):
        raise syntax("expected select … from @stage")
    expressions = [one.unalias() for one in select.expressions]
    for one in expressions:
        _check(one)
    at = sql.index("@")
    words = Words(sql[at:])
    stage, path = _stage(words)
    words.end()
    return expressions, stage, path


def _columns_of(sql: str) -> str:
    words = Words(sql)
    words.expect("SELECT")
    start = words.position
    while not words.accept("FROM", "@"):
        words.step()
    return sql[start : words.before(2)]


def _check(expression: exp.Expr) -> None:
    for node in expression.walk():
        if isinstance(node, exp.Parameter) and not (isinstance(node.this, exp.Literal) and node.this.name.isdecimal()):
            raise unsupported(f"{node.sql('snowflake')} in a COPY transformation")
        if isinstance(node, exp.Column) and node.name.upper() not in (FILENAME, ROW_NUMBER):
            raise unsupported(f"{node.sql('snowflake')} in a COPY transformation")
        if isinstance(node, exp.Func) and not isinstance(node, FUNCTIONS):
            raise unsupported(f"{node.sql('snowflake')} in a COPY transformation")
        if isinstance(node, (exp.Star, exp.Subquery, exp.Select, exp.Placeholder)):
            raise unsupported(f"{node.sql('snowflake')} in a COPY transformation")
