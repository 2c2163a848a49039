"""Records of an API as rows of the datasets that are made of them: a JSON line a row, values as they came.

A key that is not there is null in the line: of one record, or of all. A list or an object where a value is expected stays
as it is, and the dataset's own run refuses the row for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.bronze_file import open_file
from assay_glue.exact_json import json_text, read_json
from assay_glue.flatten_document import FlattenDocument, Known, Place, Rows

RECORD = "id string, changed_at string, page int, place int, record string, fault string"
LINE = "dataset string, id string, number int, line string"
BATCH_ROWS = 4096


def read_records(spark: SparkSession, pages: Sequence[tuple[str, str, int]], document: FlattenDocument) -> DataFrame:
    """The records of all pages, given by path, SHA-256 and number of records, with their place and the text that they are.

    A page that is not as it was kept is one row with its ``fault``.
    """
    numbered = [(number, *page) for number, page in enumerate(pages, start=1)]
    schema = pa.schema(
        [("id", pa.string()), ("changed_at", pa.string()), ("page", pa.int32()), ("place", pa.int32())]
        + [("record", pa.string()), ("fault", pa.string())]
    )

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for page in batch.to_pylist():
                yield pa.RecordBatch.from_pylist(list(_records(page, document)), schema=schema)

    slices = min(len(numbered), spark.sparkContext.defaultParallelism * 4)
    frame = spark.createDataFrame(numbered, "page int, path string, sha256 string, records int").repartition(slices)
    return frame.mapInArrow(read, RECORD)


def latest(records: DataFrame) -> DataFrame:
    """One row a record: of one that came twice the state that was changed later, then the one of the later page."""
    newest = F.max(F.struct("changed_at", "page", "place", "record"))
    return records.groupBy("id").agg(newest.alias("newest")).select("id", "newest.record")


def flatten(records: DataFrame, document: FlattenDocument) -> DataFrame:
    """The rows of every dataset as JSON lines, each with its record's id and its number in there."""
    schema = pa.schema([("dataset", pa.string()), ("id", pa.string()), ("number", pa.int32()), ("line", pa.string())])

    def lines(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for start in range(0, batch.num_rows, BATCH_ROWS):
                found = [row for each in batch.slice(start, BATCH_ROWS).to_pylist() for row in _lines(each, document)]
                yield pa.RecordBatch.from_pylist(found, schema=schema)

    return records.select("id", "record").mapInArrow(lines, LINE)


def rows_in(record: Any, rows: Rows) -> Iterator[dict[str, Any]]:
    """The rows that a record has for a dataset: column → value; unknown keys, where they are refused, under their own path."""
    for objects in _objects([record], rows.lists):
        row = {name: value_at(objects[place.level], place.keys) for name, place in rows.columns}
        if rows.known is not None:
            row.update(_unknown(objects[-1], rows.known, ""))
        yield row


def value_at(inside: Any, keys: Sequence[str]) -> Any:
    """The value under the keys; None where one is missing, too."""
    for key in keys:
        inside = inside.get(key) if isinstance(inside, dict) else None
    return inside


def _objects(outer: list[Any], lists: Sequence[Sequence[str]]) -> Iterator[list[Any]]:
    """Every way down the lists: the record, an object of the first list, one of that one's list, and so on."""
    if not lists:
        yield outer
        return
    found = value_at(outer[-1], lists[0])
    for inner in found if isinstance(found, list) else []:
        yield from _objects([*outer, inner], lists[1:])


def _unknown(inside: dict[str, Any], known: Known, path: str) -> Iterator[tuple[str, Any]]:
    for key, value in inside.items():
        if key not in known:
            yield path + key, value
        elif known[key] and isinstance(value, dict):
            yield from _unknown(value, known[key], f"{path}{key}.")


def _records(page: dict[str, Any], document: FlattenDocument) -> Iterator[dict[str, Any]]:
    with closing(open_file(page["path"])) as stream:
        content = stream.read()
    if hashlib.sha256(content).hexdigest() != page["sha256"]:
        yield {"fault": f"{page['path']} has not the SHA-256 that its manifest says"}
        return
    items = read_json(content)["items"]
    if len(items) != page["records"]:
        yield {"fault": f"{page['path']} has {len(items)} records, and its manifest says {page['records']}"}
        return
    for place, record in enumerate(items):
        yield {
            "id": json_text([_text(record, key) for key in document.key]),
            "changed_at": _moment(_text(record, document.changed_at)),
            "page": page["page"],
            "place": place,
            "record": json_text(record),
        }


def _lines(record: dict[str, Any], document: FlattenDocument) -> Iterator[dict[str, Any]]:
    value = read_json(record["record"])
    for rows in document.datasets:
        for number, row in enumerate(rows_in(value, rows)):
            yield {"dataset": rows.dataset, "id": record["id"], "number": number, "line": json_text(row)}


def _text(record: Any, place: Place) -> str:
    return str(value_at(record, place.keys))


def _moment(text: str) -> str:
    """The moment in UTC, written so that later ones sort later."""
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
