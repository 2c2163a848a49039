"""An extract's pages to files in the inbox: a file a dataset, whose run then goes as that of any other file.

The same pages are the same bytes under the same names: run again, the job brings nothing new.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlparse

import boto3
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession

from assay_glue.bronze_file import open_file
from assay_glue.errors import TerminalError
from assay_glue.flatten import flatten, latest, read_records
from assay_glue.flatten_document import FlattenDocument, parse_flatten_document
from assay_glue.inbox_file import put_lines
from assay_glue.job import named_arguments, start_session
from assay_glue.lineage import LINEAGE_ARGUMENTS, Lineage, lineage_of_run
from assay_glue.lineage_event import StepRun

PutLines = Callable[[str, Iterable[str]], dict[str, Any]]


@dataclass(frozen=True)
class Manifest:
    """What is there of a complete extract: its pages' paths, SHA-256 and numbers of records, and how many differ."""

    extract_id: str
    date: str
    records: int
    pages: tuple[tuple[str, str, int], ...]


def read_manifest(path: str) -> Manifest:
    """The manifest; pages lie beside it, whatever their keys begin with."""
    with open_file(path) as stream:
        raw = json.load(stream)
    folder = path.rsplit("/", 1)[0]
    pages = tuple((f"{folder}/{page['key'].rsplit('/', 1)[1]}", page["sha256"], page["records"]) for page in raw["pages"])
    return Manifest(raw["extractId"], raw["startedAt"][:10], raw["records"], pages)


def flatten_extract(spark: SparkSession, document: FlattenDocument, manifest: Manifest, put: PutLines) -> list[dict[str, Any]]:
    """Puts the file of every dataset that has rows; says which they are. Raises ChecksumMismatch, RowsDoNotBalance."""
    pages = read_records(spark, manifest.pages, document).persist(StorageLevel.MEMORY_AND_DISK)
    records = latest(pages.where("fault is null"))
    check(pages, records, manifest)
    lines = flatten(records, document).persist(StorageLevel.MEMORY_AND_DISK)
    counts = {row["dataset"]: row["count"] for row in lines.groupBy("dataset").count().collect()}
    files = []
    for rows in document.datasets:
        if counts.get(rows.dataset, 0) > 0:
            ordered = lines.where(lines.dataset == rows.dataset).orderBy("id", "number").select("line")
            name = rows.file_name(manifest.date, manifest.extract_id)
            put_file = put(name, (row.line for row in ordered.toLocalIterator(prefetchPartitions=True)))
            files.append({"dataset": rows.dataset, "rows": counts[rows.dataset], **put_file})
    return files


def check(pages: DataFrame, records: DataFrame, manifest: Manifest) -> None:
    """That all pages are as they were kept, and have as many different records as the extract counted."""
    fault = pages.where("fault is not null").select("fault").first()
    if fault is not None:
        raise TerminalError("ChecksumMismatch", f"{fault['fault']}; start another extract, which fetches it again")
    found = records.count()
    if found != manifest.records:
        cause = (
            f"the pages of extract {manifest.extract_id} have {found} different records, its manifest says {manifest.records}"
        )
        raise TerminalError("RowsDoNotBalance", f"{cause}; start another extract")


def tell(lineage: Lineage, folder: str, manifest: Manifest, files: list[dict[str, Any]]) -> None:
    """Pages are one dataset, whichever extract brought them."""
    lineage.reads(lineage.file(folder.rsplit("/", 1)[0]), manifest.records)
    for file in files:
        lineage.writes(lineage.file(f"s3://{file['bucket']}/{file['key']}", version=file["versionId"]), row_count=file["rows"])


def main() -> None:
    arguments = named_arguments(sys.argv, ["source", "manifest_path", "flatten_document", "inbox_bucket", *LINEAGE_ARGUMENTS])
    folder = arguments.manifest_path.rsplit("/", 1)[0]
    manifest = read_manifest(arguments.manifest_path)
    run = StepRun(
        job_namespace=arguments.lineage_namespace,
        parent=f"extract-{arguments.source}",
        step="flatten-extract",
        run_id=manifest.extract_id,
        date=manifest.date,
        parameters={"manifest_path": arguments.manifest_path},
    )
    with lineage_of_run(run, arguments) as lineage:
        spark = start_session("flatten-extract")
        document = parse_flatten_document(spark.read.text(arguments.flatten_document, wholetext=True).collect()[0][0])
        files = flatten_extract(spark, document, manifest, lambda name, lines: put_lines(arguments.inbox_bucket, name, lines))
        tell(lineage, folder, manifest, files)
        place = urlparse(f"{folder}/flattened.json")
        body = json.dumps({"files": files}).encode()
        boto3.client("s3").put_object(Bucket=place.netloc, Key=place.path[1:], Body=body, ContentType="application/json")


if __name__ == "__main__":
    main()
