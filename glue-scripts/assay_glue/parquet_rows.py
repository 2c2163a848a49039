"""A partner's Parquet as Arrow batches of text cells: typed values as a CSV would write them, exact to the digit.

Dates and timestamps are written in the contract's format, timestamps in UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assay_glue.records import UnreadableFileError
from assay_glue.row_batches import BATCH_ROWS, Layout, places_of, unreadable

ISO_TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ssXXX"
FIELD = re.compile(r"'T'|yyyy|MM|dd|HH|mm|ss")
LETTERS = {"yyyy": "Y", "MM": "m", "dd": "d", "HH": "H", "mm": "M", "ss": "S"}


def parquet_batches(stream: BinaryIO, columns: Sequence[str], layout: Layout, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The stream's rows; one that cannot be read to its end is ``unreadable``."""
    try:
        file = pq.ParquetFile(stream)
        names = file.schema_arrow.names
        order = _column_order(names, columns, layout)
        _refuse_types(file.schema_arrow)
        number = 1
        for batch in file.iter_batches(BATCH_ROWS):
            yield _text_batch(batch, number, _cells(batch, dict(zip(columns, order, strict=True)), layout), schema)
            number += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        yield unreadable(UnreadableFileError("NotParquet", f"the file cannot be read: {error}"), schema)
    except UnreadableFileError as error:
        yield unreadable(error, schema)


def _column_order(names: Sequence[str], columns: Sequence[str], layout: Layout) -> list[int | None]:
    order = places_of([name.strip().lower() for name in names], columns, layout)
    found = {place for place in order if place is not None}
    missing = [name for name, place in zip(columns, order, strict=True) if place is None and name not in layout.later]
    unknown = [name for place, name in enumerate(names) if place not in found]
    if missing:
        raise UnreadableFileError("MissingColumn", f"the file has no column {', '.join(missing)}")
    if unknown:
        raise UnreadableFileError("UnknownColumn", f"the file has a column {', '.join(unknown)}, which is not in the contract")
    return order


def _refuse_types(schema: pa.Schema) -> None:
    """No value of a list is a cell, and none of a float is exact."""
    for field in schema:
        if pa.types.is_nested(field.type) or pa.types.is_floating(field.type) or pa.types.is_binary(field.type):
            raise UnreadableFileError("WrongColumnType", f"the column {field.name} is {field.type}, which no cell can be")


def _cells(batch: pa.RecordBatch, order: Mapping[str, int | None], layout: Layout) -> dict[str, pa.Array]:
    nothing = pa.nulls(batch.num_rows, pa.string())
    return {
        name: nothing if place is None else _text(batch.column(place), layout.formats.get(name))
        for name, place in order.items()
    }


def _text_batch(batch: pa.RecordBatch, first: int, cells: Mapping[str, pa.Array], schema: pa.Schema) -> pa.RecordBatch:
    rows = batch.num_rows
    numbers = pa.array(range(first, first + rows), type=pa.int64())
    nothing = pa.nulls(rows, pa.string())
    defects = pa.array(_defects(cells, rows), type=schema.field("_defects").type)
    return pa.RecordBatch.from_arrays([numbers, numbers, nothing, defects, nothing, *cells.values()], schema=schema)


def _defects(cells: Mapping[str, pa.Array], rows: int) -> list[list[dict[str, str | None]]]:
    """NUL is in no text of a database."""
    defects: list[list[dict[str, str | None]]] = [[] for _ in range(rows)]
    for name, column in cells.items():
        for row in pc.indices_nonzero(pc.fill_null(pc.match_substring(column, "\x00"), False)).to_pylist():
            defects[row].append({"rule": "nul", "column": name, "value": "the text has a NUL"})
    return defects


def _text(values: pa.Array, format: str | None) -> pa.Array:
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        values.validate(full=True)
        trimmed = pc.utf8_trim_whitespace(pc.utf8_normalize(values.cast(pa.string()), form="NFC"))
        return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
    if pa.types.is_date(values.type):
        return pc.strftime(values.cast(pa.date32()), format=_strftime(format or "yyyy-MM-dd"))
    if pa.types.is_timestamp(values.type):
        return _timestamp_text(values, format or ISO_TIMESTAMP)
    return values.cast(pa.string())


def _timestamp_text(values: pa.Array, format: str) -> pa.Array:
    """In UTC, which a time without an offset in the file's schema is taken for, as everywhere.

    What the format has no digits for is written all the same: then the cell is not written in the format.
    """
    moments = values.cast(pa.timestamp("us"))
    seconds = pc.floor_temporal(moments, unit="second")
    whole = format.removesuffix("XXX")
    whole, millis, _ = whole.partition(".SSS")
    text = pc.strftime(seconds.cast(pa.timestamp("s")), format=_strftime(whole))
    micros = pc.subtract(moments.cast(pa.int64()), seconds.cast(pa.int64()))
    digits = pc.utf8_lpad(micros.cast(pa.string()), 6, "0")
    is_short = pc.equal(pc.utf8_slice_codeunits(digits, 3, 6), "000")
    fraction = pc.if_else(is_short, pc.utf8_slice_codeunits(digits, 0, 3), digits)
    written = pc.binary_join_element_wise(text, fraction, ".")
    if not millis:
        written = pc.if_else(pc.equal(micros, 0), text, written)
    return written if not format.endswith("XXX") else pc.binary_join_element_wise(written, "Z", "")


def _strftime(format: str) -> str:
    """A format of JDK's letters, without fractions and offset, as C has it."""
    return FIELD.sub(lambda field: {"'T'": "T"}.get(field[0], f"%{LETTERS.get(field[0], '')}"), format)
