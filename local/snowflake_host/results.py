"""Results as the SQL API gives them: the columns' types, and every value as a text or null."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from fakesnow.cursor import FakeSnowflakeCursor
from fakesnow.rowtype import describe_as_rowtype

ROWS_IN_A_PARTITION = 10_000
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Result:
    row_type: list[dict[str, Any]]
    rows: list[list[str | None]]

    @property
    def partitions(self) -> list[list[list[str | None]]]:
        starts = range(0, max(len(self.rows), 1), ROWS_IN_A_PARTITION)
        return [self.rows[start : start + ROWS_IN_A_PARTITION] for start in starts]

    def meta(self) -> dict[str, Any]:
        sizes = [
            {"rowCount": len(part), "uncompressedSize": sum(len(v or "") for row in part for v in row)}
            for part in self.partitions
        ]
        return {"numRows": len(self.rows), "format": "jsonv2", "partitionInfo": sizes, "rowType": self.row_type}


def read(cursor: FakeSnowflakeCursor) -> Result:
    """What the cursor's last statement answered."""
    described = [dict(column) for column in describe_as_rowtype(cursor._describe_last_sql())]
    for column in described:
        # DuckDB has one type with a time zone, and all that is stored in it here is of Snowflake's local one.
        if column["type"] == "timestamp_tz":
            column["type"] = "timestamp_ltz"
    return Result(described, [[text(value) for value in row] for row in cursor.fetchall()])


def text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _seconds(value)
    if isinstance(value, date):
        return str((value - EPOCH).days)
    if isinstance(value, time):
        return f"{value.hour * 3600 + value.minute * 60 + value.second}.{value.microsecond:06}000"
    if isinstance(value, bytes):
        return value.hex().upper()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _seconds(value: datetime) -> str:
    """Since the epoch, a decimal number with nine digits; without a float, which does not hold them."""
    gone = value.replace(tzinfo=None) - (value.utcoffset() or EPOCH - EPOCH) - datetime(1970, 1, 1)
    seconds, micros = divmod(abs(gone) // timedelta(microseconds=1), 1_000_000)
    return f"{'-' if gone < timedelta() else ''}{seconds}.{micros:06}000"
