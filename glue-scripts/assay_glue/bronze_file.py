"""A partner's file as a DataFrame of text cells, a row a record, whatever format it is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import BinaryIO
from urllib.parse import urlparse

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from assay_glue.csv_rows import csv_batches
from assay_glue.json_rows import json_batches
from assay_glue.parquet_rows import parquet_batches
from assay_glue.row_batches import PLACE, Layout, arrow_schema

Reader = Callable[[BinaryIO, Sequence[str], Layout, pa.Schema], Iterator[pa.RecordBatch]]
READERS: Mapping[str, Reader] = {"csv": csv_batches, "jsonl": json_batches, "parquet": parquet_batches}


def read_rows(
    spark: SparkSession,
    path: str,
    columns: Sequence[str],
    layout: Layout,
    version: str | None = None,
    format: str = "csv",
) -> DataFrame:
    """The file's rows, cells trimmed, NFC and null where empty, columns by the file's own names in ``columns``' order.

    One task streams the file, as any reader must whose format has quoted newlines. Adds ``_row_number`` (1-based,
    a header not counted), ``_line_number``, ``_raw``, ``_defects`` and ``_unreadable``.
    """
    schema = T.StructType(PLACE + [T.StructField(name, T.StringType()) for name in columns])
    of_batch, batches_of = arrow_schema(columns), READERS[format]

    def parse(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            for place in batch.column(0).to_pylist():
                with closing(open_file(place, version)) as stream:
                    yield from batches_of(stream, columns, layout, of_batch)

    rows = spark.createDataFrame([(path,)], "path string").coalesce(1).mapInArrow(parse, schema)
    # What a file of text has as it is; made here, where it costs nothing for rows that nobody looks at.
    return rows.withColumn("_raw", F.to_json(F.struct(*columns))) if format == "parquet" else rows


def open_file(path: str, version: str | None = None) -> BinaryIO:
    """A stream over a local file or an ``s3://bucket/key`` object; a connection lost midway is resumed by range."""
    location = urlparse(path, allow_fragments=False)
    if location.scheme != "s3":
        return open(location.path if location.scheme == "file" else path, "rb")
    # Imported here: the executors of a run that reads no object, as in tests, need no AWS client.
    from assay_glue.s3_stream import open_object

    return open_object(location.netloc, path.split("/", 3)[3], version)
