"""A partner's CSV as Arrow batches; its first record says where each column stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa

from assay_glue.csv_records import read_records
from assay_glue.records import Record, UnreadableFileError
from assay_glue.row_batches import Layout, places_of, record_batches, unreadable


def csv_batches(stream: BinaryIO, columns: Sequence[str], layout: Layout, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The stream's rows; one that cannot be read to its end is ``unreadable``."""
    try:
        records = read_records(stream, layout)
        header = next(records, None)
        order = _column_order(header, columns, layout)
        yield from record_batches(records, len(header.cells) if header else 0, order, schema)
    except UnreadableFileError as error:
        yield unreadable(error, schema)


def _column_order(header: Record | None, columns: Sequence[str], layout: Layout) -> list[int | None]:
    """Where in the file each column stands; None of one that came after the file."""
    cells = [cell.lower() for cell in header.cells] if header else []
    order = places_of(cells, columns, layout)
    there = dict(zip(columns, order, strict=True))
    missing = [name for name, place in there.items() if place is None and name not in layout.later]
    if missing:
        raise UnreadableFileError("MissingColumn", f"line 1: the header has no column {', '.join(missing)}")
    return order
