"""Rows of a file as Arrow batches of text cells, a row a record, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa
from pyspark.sql import types as T

from assay_glue.csv_records import Dialect
from assay_glue.records import Record, UnreadableFileError

BATCH_ROWS = 4096
REASON = T.StructType([T.StructField(name, T.StringType()) for name in ("rule", "column", "value")])
PLACE = [
    T.StructField("_row_number", T.LongType()),
    T.StructField("_line_number", T.LongType()),
    T.StructField("_raw", T.StringType()),
    T.StructField("_defects", T.ArrayType(REASON)),
    # An error name and its cause, in the one last row of a file that cannot be read to its end.
    T.StructField("_unreadable", T.StringType()),
]


@dataclass(frozen=True)
class Layout(Dialect):
    """A dataset's files: their dialect, and what headers from before today's contract say.

    ``former_names`` are columns' old names, by today's; files may lack the columns that are ``later``. ``formats`` are
    those of dates and timestamps, by column.
    """

    former_names: Mapping[str, str] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    formats: Mapping[str, str] = field(default_factory=dict)


def places_of(names: Sequence[str], columns: Sequence[str], layout: Layout) -> list[int | None]:
    """Where among the file's names, in lower case, each column stands; None of one that is not there.

    Raises UnreadableFileError for a column that is there twice.
    """
    order: list[int | None] = []
    for name in columns:
        understood = {name.lower(), layout.former_names.get(name, name).lower()}
        places = [place for place, cell in enumerate(names) if cell in understood]
        if len(places) > 1:
            both = ", ".join(names[place] for place in places)
            raise UnreadableFileError("DuplicateColumn", f"the file has the column {name} twice: {both}")
        order.append(places[0] if places else None)
    return order


def record_batches(
    records: Iterator[Record], width: int, order: Sequence[int | None], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """The records in batches of at most BATCH_ROWS rows; ``order`` says which of a record's cells each column has."""
    number = 1
    while (batch := _batch(islice(records, BATCH_ROWS), number, width, order, schema)).num_rows:
        yield batch
        number += batch.num_rows


def unreadable(error: UnreadableFileError, schema: pa.Schema) -> pa.RecordBatch:
    """The row that stands for the rest of the file: then the whole file is refused, so that nobody misses rows."""
    return pa.RecordBatch.from_pylist([{"_defects": [], "_unreadable": str(error)}], schema=schema)


def arrow_schema(columns: Sequence[str]) -> pa.Schema:
    """PLACE and the columns as Arrow has them."""
    reason = pa.struct([(name, pa.string()) for name in ("rule", "column", "value")])
    place = [
        ("_row_number", pa.int64()),
        ("_line_number", pa.int64()),
        ("_raw", pa.string()),
        ("_defects", pa.list_(reason)),
        ("_unreadable", pa.string()),
    ]
    return pa.schema(place + [(name, pa.string()) for name in columns])


def _batch(
    records: Iterable[Record], first_number: int, width: int, order: Sequence[int | None], schema: pa.Schema
) -> pa.RecordBatch:
    """The records as columns; ``width`` is the number of cells of each. One with defects has none that could be trusted."""
    blank = [""] * width
    line_numbers: list[int] = []
    texts: list[str] = []
    defects: list[Sequence[Mapping[str, str | None]]] = []
    # All cells in one list: lists by the row would keep Python's garbage collector busy.
    cells: list[str] = []
    for line_number, raw, found, faults in records:
        line_numbers.append(line_number)
        texts.append(raw)
        defects.append([fault._asdict() for fault in faults] if faults else ())
        cells.extend(blank if faults else found)
    rows = len(texts)
    nothing = [None] * rows
    values: list[Sequence[object]] = [range(first_number, first_number + rows), line_numbers, texts, defects, nothing]
    values += [nothing if place is None else [cell or None for cell in cells[place::width]] for place in order]
    arrays = [pa.array(column, type=field.type) for column, field in zip(values, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
