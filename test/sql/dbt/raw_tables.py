"""RAW as the loader leaves it: in Snowflake, and the same rows here for the oracle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from snowflake_process import SnowflakeProcess

COLUMNS = {
    "sales": ["store_token", "transaction_id", "receipt_token", "transaction_time", "amount", "user_role"],
    "stores": ["store_group", "store_token", "store_name", "city", "state", "opened_on"],
}
OURS = """extra varchar, batch_date date not null, loaded_at timestamp_ltz not null, file_name varchar not null,
    file_row_number number not null"""
NOON = datetime(2025, 6, 1, 12)

Line = tuple[str | None, ...]


@dataclass(frozen=True)
class File:
    """A file of a partner. A header on its first line is skipped, as the loader's COPY is told; any other is a row."""

    kind: str
    batch_date: date
    lines: Sequence[Line]
    suffix: str = ""
    has_header: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.kind}_{self.batch_date:%Y%m%d}{self.suffix}.csv"


@dataclass(frozen=True)
class RawRow:
    line: Line
    batch_date: date
    loaded_at: datetime
    file_name: str
    file_row_number: int


def header(kind: str) -> list[str]:
    return COLUMNS[kind]


def literal(value: str | None) -> str:
    return "null" if value is None else "'" + value.replace("'", "''") + "'"


@dataclass
class Raw:
    snowflake: SnowflakeProcess
    rows: dict[str, list[RawRow]] = field(default_factory=lambda: {kind: [] for kind in COLUMNS})
    loads: int = 0

    def create(self) -> None:
        """RAW without a row, and nothing that dbt made of an earlier one."""
        for schema in ("raw", "staging", "marts"):
            self.snowflake.rows(f"drop schema if exists assay.{schema} cascade")
            self.snowflake.rows(f"create schema assay.{schema}")
        for kind, columns in COLUMNS.items():
            texts = ", ".join(f"{column} varchar" for column in columns)
            self.snowflake.rows(f"create table assay.raw.{kind} ({texts}, {OURS})")

    def load(self, file: File, loaded_at: datetime | None = None) -> None:
        """A file whose name is there already is replayed: its rows go, and come again as it is now."""
        self.loads += 1
        moment = loaded_at or NOON + timedelta(minutes=self.loads)
        first = 2 if file.has_header else 1
        rows = [RawRow(line, file.batch_date, moment, file.name, first + at) for at, line in enumerate(file.lines)]
        self.snowflake.rows(f"delete from assay.raw.{file.kind} where file_name = '{file.name}'")
        self.rows[file.kind] = [row for row in self.rows[file.kind] if row.file_name != file.name] + rows
        if rows:
            values = ", ".join(self._values(row) for row in rows)
            self.snowflake.rows(f"insert into assay.raw.{file.kind} values {values}")

    def _values(self, row: RawRow) -> str:
        ours = f"'{row.batch_date}', '{row.loaded_at}', '{row.file_name}', {row.file_row_number}"
        # A line may have a cell more than its table has columns.
        cells = row.line if len(row.line) > len(COLUMNS["sales"]) else (*row.line, None)
        return f"({', '.join(map(literal, cells))}, {ours})"
