"""``copy into <table>`` from a named stage over S3, which fakesnow cannot fetch from: read strictly.

Only what a loader of CSV files needs: named files, a transformation of columns, abort at the first error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from snowflake_host.csv_records import CsvFormat
from snowflake_host.errors import syntax, unsupported
from snowflake_host.words import Kind, Words

FORMAT_OPTIONS: dict[str, Kind] = {
    "TYPE": ("CSV",),
    "SKIP_HEADER": int,
    "FIELD_DELIMITER": str,
    "FIELD_OPTIONALLY_ENCLOSED_BY": str,
    # The default is a backslash, with which a field's text is not the file's.
    "ESCAPE_UNENCLOSED_FIELD": ("NONE",),
    "EMPTY_FIELD_AS_NULL": bool,
    "NULL_IF": list[str],
    "SKIP_BLANK_LINES": bool,
    "ERROR_ON_COLUMN_COUNT_MISMATCH": bool,
    "ENCODING": ("UTF8",),
    "COMPRESSION": ("NONE",),
    "TRIM_SPACE": ("FALSE",),
    "REPLACE_INVALID_CHARACTERS": ("FALSE",),
    "MULTI_LINE": ("TRUE",),
}
FILENAME = "METADATA$FILENAME"
ROW_NUMBER = "METADATA$FILE_ROW_NUMBER"
# What a transformation of the loader's may call, of the functions that Snowflake allows in one.
FUNCTIONS = (
    exp.If, exp.Case, exp.Cast, exp.TryCast, exp.Coalesce, exp.CurrentTimestamp, exp.TsOrDsToDate, exp.StrToDate,
    exp.Trim, exp.Upper, exp.Lower, exp.Nullif, exp.And, exp.Or,
)  # fmt: skip


@dataclass(frozen=True)
class CopyCommand:
    table: str
    columns: list[str]
    # None: the file's columns one by one, of a copy without transformation.
    expressions: list[exp.Expr] | None
    stage: str
    path: str
    files: list[str]
    form: CsvFormat
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
            found["FORM"] = _form(words)
        elif name == "ON_ERROR":
            found["ON_ERROR"] = words.value(name, ("ABORT_STATEMENT",))
        elif name == "FORCE":
            found["FORCE"] = words.value(name, bool)
        else:
            raise unsupported(f"COPY option {name}")
    for required in ("FILES", "FORM"):
        if not found.get(required):
            raise unsupported(f"COPY without {required.replace('FORM', 'FILE_FORMAT')}")
    return found


def _form(words: Words) -> CsvFormat:
    words.expect("(")
    given = words.options(FORMAT_OPTIONS, until=")")
    words.expect(")")
    for required in ("TYPE = CSV", "ESCAPE_UNENCLOSED_FIELD = NONE"):
        if required.split()[0] not in given:
            raise unsupported(f"a file format without {required}")
    quote = given.get("FIELD_OPTIONALLY_ENCLOSED_BY", "NONE")
    return CsvFormat(
        skip_header=given.get("SKIP_HEADER", 0),
        delimiter=given.get("FIELD_DELIMITER", ","),
        quote=None if quote == "NONE" else quote,
        empty_field_as_null=given.get("EMPTY_FIELD_AS_NULL", True),
        null_if=tuple(given.get("NULL_IF", ["\\N"])),
        skip_blank_lines=given.get("SKIP_BLANK_LINES", False),
        column_count_must_match=given.get("ERROR_ON_COLUMN_COUNT_MISMATCH", True),
    )


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
