"""Which Parquet columns Redshift takes for which of its columns, and their values as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

TEXTS = (pa.string(), pa.large_string())
TAKES: dict[str, tuple[pa.DataType, ...]] = {
    "smallint": (pa.int8(), pa.int16()),
    "integer": (pa.int8(), pa.int16(), pa.int32()),
    "bigint": (pa.int64(),),
    "real": (pa.float32(),),
    "double precision": (pa.float64(),),
    "boolean": (pa.bool_(),),
    "date": (pa.date32(),),
    "character varying": TEXTS,
    "character": TEXTS,
}


class CopyFailed(Exception):
    """A COPY that failed, in Redshift's words."""


@dataclass(frozen=True)
class Column:
    """A table's column; ``kind`` as PostgreSQL formats a type: ``numeric(18,2)``."""

    name: str
    kind: str
    is_identity: bool


def scan_error(what: str, uri: str) -> CopyFailed:
    """In the form of Redshift's own, which reads files of columns through Spectrum."""
    line = "-" * 47
    said = f"error:  Spectrum Scan Error\n  code:      15007\n  context:   {what}\n  file:      {uri}"
    return CopyFailed(f"Spectrum Scan Error\n  Detail: \n  {line}\n  {said}\n  {line}")


def check_schema(schema: pa.Schema, columns: Sequence[Column], uri: str) -> None:
    """By position, as Redshift does: names play no part."""
    if len(schema) != len(columns):
        counts = f"Table columns: {len(columns)}, Data columns: {len(schema)}, File name: {uri}"
        raise scan_error(f"Unmatched number of columns between table and file. {counts}", uri)
    for field, column in zip(schema, columns, strict=True):
        if column.kind.startswith("timestamp with time zone"):
            raise CopyFailed(
                f"copy of parquet into {column.name}, a timestamptz, is not known to the laptop: use timestamp, in UTC"
            )
        if not _fits(field.type, column.kind):
            raise scan_error(
                f"File '{uri}' has an incompatible Parquet schema for column '{uri}.{field.name}'. "
                f"Column type: {column.kind.upper()}, Parquet schema: {field.type}",
                uri,
            )


def _fits(given: pa.DataType, kind: str) -> bool:
    base = re.sub(r"\(.*?\)", "", kind)
    if base == "numeric":
        return pa.types.is_decimal(given) and _decimal_fits(given, kind)
    if base == "timestamp without time zone":
        return bool(pa.types.is_timestamp(given))
    return given in TAKES.get(base, ())


def _decimal_fits(given: pa.DataType, kind: str) -> bool:
    """The same scale and no more digits, so that no value is rounded or refused half-way."""
    match = re.fullmatch(r"numeric\((\d+),(\d+)\)", kind)
    return match is not None and given.scale == int(match[2]) and given.precision <= int(match[1])


def as_text(batch: pa.RecordBatch, columns: Sequence[Column], uri: str) -> pa.RecordBatch:
    """Every value as PostgreSQL reads it. Texts are measured in bytes, as Redshift measures them."""
    arrays = [_text(array, column, uri) for array, column in zip(batch.columns, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in columns])


def _text(array: pa.Array, column: Column, uri: str) -> pa.Array:
    if pa.types.is_timestamp(array.type):
        # Microseconds are what both databases keep; a time zone in the file means UTC.
        return pc.cast(pc.cast(array, pa.timestamp("us"), safe=False), pa.string())
    if array.type not in TEXTS:
        return pc.cast(array, pa.string())
    limit = re.search(r"\((\d+)\)", column.kind)
    longest = pc.max(pc.binary_length(array)).as_py() if limit else None
    if limit and longest is not None and longest > int(limit[1]):
        raise scan_error(
            f"The length of the data column {column.name} is longer than the length defined in the table. "
            f"Table: {limit[1]}, Data: {longest}, File name: {uri}",
            uri,
        )
    return array
