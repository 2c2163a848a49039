"""The effect of ``copy into``: objects fetched from S3, read as Snowflake reads them, inserted by DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection
from sqlglot import exp

from snowflake_host import load_history
from snowflake_host.copy_command import FILENAME, CopyCommand
from snowflake_host.csv_records import BadRecord, CsvFormat, Record, decode, read_records
from snowflake_host.errors import SnowflakeError
from snowflake_host.parquet_columns import ParquetFormat, read_columns
from snowflake_host.stage import StagedObject

COPIED = "_copied"
HELP = (
    "If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' "
    "for the ON_ERROR option. For more information on loading options, please run 'info loading_data' in a SQL client."
)


@dataclass
class CopiedFile:
    """One line of what COPY answers."""

    object: StagedObject
    status: str = "LOADED"
    rows: int = 0
    said: str | None = None
    line: int | None = None
    character: int | None = None
    column: str | None = None


class CopyFailed(SnowflakeError):
    """The statement's end, with the file it ended at."""

    def __init__(self, file: CopiedFile, code: str, row: int | None = None) -> None:
        self.file = file
        place = f"\n  File '{file.object.key}', line {file.line}, character {file.character}"
        where = f"\n  Row {row} starts at line {(file.line or 1) - 1}, column {file.column}" if row else ""
        super().__init__(code, "22000", f"{file.said}{place}{where}\n  {HELP}")


class Copying:
    """``insert`` executes an insert of Snowflake's dialect in the statement's transaction."""

    def __init__(self, connection: DuckDBPyConnection, table: str, insert: Callable[[exp.Expr], None]) -> None:
        self._connection = connection
        self._table = table
        self._insert = insert
        self.not_null, self.names = self._columns()

    def _columns(self) -> tuple[set[str], list[str]]:
        described = self._connection.execute(f"describe {self._table}").fetchall()
        return {row[0].upper() for row in described if row[2] == "NO"}, [row[0].upper() for row in described]

    def run(self, command: CopyCommand, objects: Sequence[StagedObject]) -> list[CopiedFile]:
        files = [CopiedFile(one) for one in objects]
        for file in files:
            if not command.force and load_history.was_loaded(self._connection, self._table, file.object.url, file.object.etag):
                file.status, file.said = "LOAD_SKIPPED", "File was loaded before."
        for file in files:
            if file.status == "LOADED":
                self._load(command, file)
                self.remember(file)
        return files

    def _load(self, command: CopyCommand, file: CopiedFile) -> None:
        columns = command.columns or self.names
        values, lines = self._values(command, file, columns)
        width = len(values)
        file.rows = len(lines)
        names = [f"c{i + 1}" for i in range(width)] + ["line", "row_number"]
        # Without its type an array of no rows would be one of nulls.
        numbers = [pa.array(lines, pa.int64()), pa.array(range(1, len(lines) + 1), pa.int64())]
        self._connection.register("_incoming", pa.table([*values, *numbers], names=names))
        self._connection.execute(f"create or replace temp table {COPIED} as select * from _incoming")
        self._connection.unregister("_incoming")
        expressions = command.expressions or [exp.Parameter(this=exp.Literal.number(i + 1)) for i in range(len(columns))]
        if len(expressions) != len(columns):
            message = f"SQL compilation error:\nInsert value list does not match column list expecting {len(columns)} but got "
            raise SnowflakeError("002020", "21S01", message + str(len(expressions)))
        selected = [self._over_copied(one.copy(), file, width) for one in expressions]
        self._refuse_nulls(file, columns, selected)
        self._insert(self._statement(columns, selected))

    def _values(self, command: CopyCommand, file: CopiedFile, columns: list[str]) -> tuple[list[Any], list[int]]:
        """The file column by column, and the line that each record begins on."""
        if isinstance(command.form, ParquetFormat):
            found = read_columns(file.object.fetch(), file.object.key, columns)
            return found, list(range(1, len(found[0]) + 1))
        records = self._records(command, command.form, file, len(columns))
        width = max((len(record.fields) for record in records), default=0)
        values = [[r.fields[i] if i < len(r.fields) else None for r in records] for i in range(width)]
        return [pa.array(one, pa.string()) for one in values], [record.line for record in records]

    def _records(self, command: CopyCommand, form: CsvFormat, file: CopiedFile, expected: int) -> list[Record]:
        records: list[Record] = []
        try:
            for record in read_records(decode(file.object.fetch()), form):
                # Snowflake ignores the option in a copy with a transformation.
                if form.column_count_must_match and not command.expressions and len(record.fields) != expected:
                    said = (
                        f"Number of columns in file ({len(record.fields)}) does not match that of the corresponding table "
                        f"({expected}), use file format option error_on_column_count_mismatch=false to ignore this error"
                    )
                    raise BadRecord("100080", said, record.line, 1, min(len(record.fields), expected))
                records.append(record)
        except BadRecord as bad:
            file.said, file.line, file.character = str(bad), bad.line, bad.character
            file.column = f'"{self._table.rpartition(".")[2]}"[{bad.column}]'
            raise CopyFailed(file, bad.code, len(records) + 1) from None
        return records

    def _over_copied(self, expression: exp.Expr, file: CopiedFile, width: int) -> exp.Expr:
        """A field that no record has is NULL, as Snowflake says."""

        def replace(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Parameter):
                place = int(node.this.name)
                return exp.column(f"C{place}") if place <= width else exp.cast(exp.null(), "varchar")
            if isinstance(node, exp.Column) and not isinstance(node.this, exp.Parameter):
                is_name = node.name.upper() == FILENAME
                return exp.Literal.string(file.object.key) if is_name else exp.column("ROW_NUMBER")
            # `t.$1`, with the stage's alias, cannot come: the stage has none.
            return node

        return expression.transform(replace)

    def _refuse_nulls(self, file: CopiedFile, columns: list[str], selected: list[exp.Expr]) -> None:
        for name, expression in zip(columns, selected, strict=True):
            if name not in self.not_null:
                continue
            test = exp.select("line", "row_number").from_(COPIED).where(exp.Is(this=expression.copy(), expression=exp.null()))
            found = self._connection.execute(test.order_by("row_number").limit(1).sql("duckdb")).fetchone()
            if found:
                file.said, file.line, file.character, file.column = (
                    "NULL result in a non-nullable column",
                    found[0],
                    1,
                    f'"{name}"',
                )
                raise CopyFailed(file, "100072", found[1])

    def _statement(self, columns: list[str], selected: list[exp.Expr]) -> exp.Expr:
        query = exp.select(*selected).from_(f"temp.main.{COPIED}")
        into = exp.Schema(this=exp.to_table(self._table), expressions=[exp.to_identifier(name) for name in columns])
        return exp.Insert(this=into, expression=query)

    def remember(self, file: CopiedFile) -> None:
        database, schema, name = self._table.split(".")
        one = file.object
        failed = int(file.status != "LOADED")
        values: list[Any] = [one.path, one.location, one.etag, one.size, schema, name, datetime.now(UTC), file.status]
        values += [0 if failed else file.rows, file.rows, failed, 1, file.said, file.line, file.character, file.column]
        marks = ", ".join("?" * len(values))
        self._connection.execute(f'insert into "{database}".{load_history.SCHEMA}._copied values ({marks})', values)
