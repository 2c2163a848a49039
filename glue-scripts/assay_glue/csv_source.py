"""A partner's CSV as a DataFrame of text cells, a row a record, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO
from urllib.parse import urlparse

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as T

from assay_glue.csv_records import Dialect, Record, UnreadableFileError, read_records

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

    ``former_names`` are columns' old names, by today's; files may lack the columns that are ``later``.
    """

    former_names: Mapping[str, str] = field(default_factory=dict)
    later: frozenset[str] = frozenset()


def read_csv(spark: SparkSession, path: str, columns: Sequence[str], layout: Layout, version: str | None = None) -> DataFrame:
    """The file's rows, cells trimmed, NFC and null where empty, columns by the header's names in ``columns``' order.

    One task streams the file, as any reader must whose format has quoted newlines. Adds ``_row_number`` (1-based,
    the header not counted), ``_line_number``, ``_raw``, ``_defects`` and ``_unreadable``.
    """
    cells = [T.StructField(name, T.StringType()) for name in columns]
    schema = T.StructType(PLACE + cells)
    arrow_schema = _arrow_schema(columns)

    def parse(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            for place in batch.column(0).to_pylist():
                with closing(open_file(place, version)) as stream:
                    yield from record_batches(stream, columns, layout, arrow_schema)

    return spark.createDataFrame([(path,)], "path string").coalesce(1).mapInArrow(parse, schema)


def open_file(path: str, version: str | None = None) -> BinaryIO:
    """A stream over a local file or an ``s3://bucket/key`` object; a connection lost midway is resumed by range."""
    location = urlparse(path, allow_fragments=False)
    if location.scheme != "s3":
        return open(location.path if location.scheme == "file" else path, "rb")
    # Imported here: the executors of a run that reads no object, as in tests, need no AWS client.
    from assay_glue.s3_stream import open_object

    return open_object(location.netloc, path.split("/", 3)[3], version)


def record_batches(stream: BinaryIO, columns: Sequence[str], layout: Layout, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The stream's records in Arrow batches of at most BATCH_ROWS rows."""
    try:
        records = read_records(stream, layout)
        header = next(records, None)
        order = _column_order(header, columns, layout)
        width = len(header.cells) if header else 0
        number = 1
        while (batch := _batch(islice(records, BATCH_ROWS), number, width, order, schema)).num_rows:
            yield batch
            number += batch.num_rows
    except UnreadableFileError as error:
        # The whole file is refused, so that nobody misses the rows just before this.
        yield pa.RecordBatch.from_pylist([{"_defects": [], "_unreadable": str(error)}], schema=schema)


def _column_order(header: Record | None, columns: Sequence[str], layout: Layout) -> list[int | None]:
    """Where in the file each column stands; None of one that came after the file."""
    cells = [cell.lower() for cell in header.cells] if header else []
    missing = []
    order: list[int | None] = []
    for name in columns:
        understood = {name.lower(), layout.former_names.get(name, name).lower()}
        places = [place for place, cell in enumerate(cells) if cell in understood]
        if len(places) > 1:
            both = ", ".join(cells[place] for place in places)
            raise UnreadableFileError("DuplicateColumn", f"line 1: the header has the column {name} twice: {both}")
        if not places and name not in layout.later:
            missing.append(name)
        order.append(places[0] if places else None)
    if missing:
        raise UnreadableFileError("MissingColumn", f"line 1: the header has no column {', '.join(missing)}")
    return order


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


def _arrow_schema(columns: Sequence[str]) -> pa.Schema:
    reason = pa.struct([(name, pa.string()) for name in ("rule", "column", "value")])
    place = [
        ("_row_number", pa.int64()),
        ("_line_number", pa.int64()),
        ("_raw", pa.string()),
        ("_defects", pa.list_(reason)),
        ("_unreadable", pa.string()),
    ]
    return pa.schema(place + [(name, pa.string()) for name in columns])
