"""Columns of a Parquet file as a table takes them, by their names whatever the case."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from snowflake_host.errors import SnowflakeError


@dataclass(frozen=True)
class ParquetFormat:
    """With Parquet's logical types, and no text that stands for NULL."""


def read_columns(content: bytes, key: str, names: Sequence[str]) -> list[pa.ChunkedArray]:
    """The file's columns in the order of the table's; one that the file does not have is NULL in every row."""
    try:
        table = pq.read_table(io.BytesIO(content))
    except pa.ArrowInvalid as error:
        raise SnowflakeError("100142", "22000", f"Error parsing the parquet file: {error}\n  File '{key}'") from None
    places = {name.upper(): place for place, name in enumerate(table.column_names)}
    missing = pa.chunked_array([pa.nulls(table.num_rows)])
    return [_without_zone(table.column(places[name])) if name in places else missing for name in names]


def _without_zone(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A moment is told in the session's time zone, which is UTC here."""
    is_moment = pa.types.is_timestamp(column.type) and column.type.tz is not None
    return column.cast(pa.timestamp(column.type.unit)) if is_moment else column
