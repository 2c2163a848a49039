"""Records of an API to files: every row of every dataset, once, to the digit; nothing where something is wrong."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from concessions_oracle import Record, oracle
from flatten_extract import Manifest, flatten_extract, read_manifest, tell
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from assay_glue.errors import TerminalError
from assay_glue.flatten_document import FlattenDocument, parse_flatten_document
from assay_glue.lineage import lineage_of_run
from assay_glue.lineage_event import StepRun

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def document() -> FlattenDocument:
    printed = subprocess.run(
        ["node", "--import", "tsx", "test/glue-scripts/print-flatten-document.ts"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return parse_flatten_document(printed.stdout)


def extract(folder: Path, *pages: Iterable[Record] | str, records: int | None = None) -> Manifest:
    """Pages and their manifest as the Lambda leaves them."""
    facts, ids = [], set()
    for number, page in enumerate(pages, start=1):
        text = page if isinstance(page, str) else json.dumps({"items": list(page)})
        name = f"page-{number:06}.json"
        (folder / name).write_text(text)
        items = json.loads(text)["items"]
        ids |= {item["concession_id"] for item in items}
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        facts.append({"key": f"_extracts/concessions/x1/{name}", "sha256": sha256, "records": len(items)})
    whole = {
        "extractId": "x1",
        "startedAt": "2026-01-31T09:00:00.000Z",
        "records": len(ids) if records is None else records,
        "pages": facts,
    }
    (folder / "manifest.json").write_text(json.dumps(whole))
    return read_manifest(str(folder / "manifest.json"))


class Inbox:
    """What was put there: name → lines."""

    def __init__(self) -> None:
        self.files: dict[str, list[str]] = {}

    def put(self, name: str, lines: Iterable[str]) -> dict[str, Any]:
        self.files[name] = list(lines)
        return {"key": name}

    def rows(self, dataset: str) -> list[Record]:
        return [json.loads(line) for line in self.files.get(f"{dataset}_20260131_x1.jsonl", [])]


def flattened(spark: SparkSession, document: FlattenDocument, manifest: Manifest) -> Inbox:
    inbox = Inbox()
    flatten_extract(spark, document, manifest, inbox.put)
    return inbox


def concession(number: int, **more: Any) -> Record:
    return {"concession_id": f"C{number:010}", "updated_at": "2026-01-01T00:00:00.000Z", "status": "open", **more}


VALUE = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Record]:
    """Any of the keys may be missing."""
    return st.fixed_dictionaries({}, optional=keys)


def many(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.lists(inner, max_size=3)


MONEY = st.none() | some(value=VALUE, currency=VALUE, note=VALUE)
CONTACT = some(contact_id=VALUE, role=VALUE, name=VALUE, email=VALUE, phone=VALUE)
ADJUSTMENT = some(adjustment_id=VALUE, reason=VALUE, amount=MONEY, contacts=many(CONTACT), note=VALUE)
LINE = some(line_id=VALUE, sku=VALUE, quantity=VALUE, amount=MONEY, adjustments=many(ADJUSTMENT))
RECORD = some(store_token=VALUE, reference=VALUE, status=VALUE, opened_on=VALUE, lines=many(LINE), internal=VALUE)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(RECORD, min_size=1, max_size=6), size=st.integers(1, 4))
def test_the_rows_of_any_records_are_the_oracles(
    spark: SparkSession, document: FlattenDocument, tmp_path: Path, contents: list[Record], size: int
) -> None:
    records = [{**concession(number), **content} for number, content in enumerate(contents)]
    pages = [records[start : start + size] for start in range(0, len(records), size)]
    inbox = flattened(spark, document, extract(tmp_path, *pages))
    expected = oracle(records)
    assert {name: inbox.rows(name) for name in expected} == expected
    assert sorted(inbox.files) == sorted(f"{name}_20260131_x1.jsonl" for name, rows in expected.items() if rows)


def test_digits_and_characters_stay_as_they_are(spark: SparkSession, document: FlattenDocument, tmp_path: Path) -> None:
    record = (
        '{"concession_id": "C1", "updated_at": "2026-01-01T00:00:00Z", "reference": "007 \\u00e9\\n\\ud800", "lines": '
        '[{"line_id": 1234567890123456789, "amount": {"value": 9876543210987654.10, "currency": {"code": ["AUD"]}}}]}'
    )
    inbox = flattened(spark, document, extract(tmp_path, f'{{"items": [{record}]}}'))
    assert inbox.files["concession_lines_20260131_x1.jsonl"] == [
        '{"concession_id":"C1","line_id":1234567890123456789,"sku":null,"quantity":null,'
        '"amount":9876543210987654.10,"currency":{"code":["AUD"]},"updated_at":"2026-01-01T00:00:00Z"}'
    ]
    assert inbox.rows("concessions")[0]["reference"] == "007 \u00e9\n\ud800"
    parsed = json.loads(inbox.files["concession_lines_20260131_x1.jsonl"][0], parse_float=Decimal)
    assert parsed["amount"] == Decimal("9876543210987654.10")


def test_of_a_record_that_came_twice_the_later_state_counts_then_the_later_page(
    spark: SparkSession, document: FlattenDocument, tmp_path: Path
) -> None:
    moment = {"early": "2026-01-01T10:00:00+10:00", "late": "2026-01-01T00:00:00.001Z"}
    one = [concession(1, status="new", updated_at=moment["late"]), concession(2, status="first"), concession(3)]
    two = [concession(1, status="old", updated_at=moment["early"], lines=[{"line_id": 1}]), concession(2, status="second")]
    inbox = flattened(spark, document, extract(tmp_path, one, two))
    assert [row["status"] for row in inbox.rows("concessions")] == ["new", "second", "open"]
    assert inbox.rows("concession_lines") == []


def test_the_same_pages_are_the_same_bytes(spark: SparkSession, document: FlattenDocument, tmp_path: Path) -> None:
    lines = [{"line_id": number, "adjustments": [{"adjustment_id": "a"}]} for number in range(3)]
    manifest = extract(tmp_path, [concession(3, lines=lines), concession(1)], [concession(2, lines=lines)])
    once = flattened(spark, document, manifest).files
    spark.conf.set("spark.sql.shuffle.partitions", "5")
    try:
        assert flattened(spark, document, manifest).files == once
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", "2")


def test_pages_that_are_not_as_they_were_kept_bring_nothing(
    spark: SparkSession, document: FlattenDocument, tmp_path: Path
) -> None:
    manifest = extract(tmp_path, [concession(1)], [concession(2)])
    (tmp_path / "page-000002.json").write_text('{"items": []}')
    inbox = Inbox()
    with pytest.raises(TerminalError, match=r"\[Terminal\] ChecksumMismatch: .*page-000002.json has not the SHA-256"):
        flatten_extract(spark, document, manifest, inbox.put)
    assert inbox.files == {}


def test_pages_without_a_record_that_was_counted_bring_nothing(
    spark: SparkSession, document: FlattenDocument, tmp_path: Path
) -> None:
    inbox = Inbox()
    with pytest.raises(TerminalError, match="RowsDoNotBalance: the pages of extract x1 have 1 different records"):
        flatten_extract(spark, document, extract(tmp_path, [concession(1)], records=2), inbox.put)
    assert inbox.files == {}


def test_lineage_leads_from_the_pages_to_the_files(tmp_path: Path) -> None:
    folder = "s3://bronze/_extracts/concessions/x1"
    manifest = Manifest("x1", "2026-01-31", 7, ())
    files = [{"dataset": "concessions", "rows": 5, "bucket": "inbox", "key": "c.jsonl", "versionId": "v1", "size": 9}]
    arguments = argparse.Namespace(lineage_path=str(tmp_path), lineage_namespace="assay-dev", catalog_arn="arn:aws:glue:x:0")
    parameters = {"manifest_path": f"{folder}/manifest.json"}
    run = StepRun("assay-dev", "extract-concessions", "flatten-extract", "x1", "2026-01-31", parameters)
    with lineage_of_run(run, arguments) as lineage:
        tell(lineage, folder, manifest, files)
    (place,) = (tmp_path / "extract-concessions" / "2026-01-31" / "x1").glob("flatten-extract-COMPLETE-*.jsonl")
    told = json.loads(place.read_text())
    (pages,), (file,) = told["inputs"], told["outputs"]
    assert told["job"] == {**told["job"], "namespace": "assay-dev", "name": "extract-concessions.flatten-extract"}
    assert (pages["namespace"], pages["name"]) == ("s3://bronze", "_extracts/concessions")
    assert pages["inputFacets"]["inputStatistics"]["rowCount"] == 7
    assert (file["namespace"], file["name"]) == ("s3://inbox", "c.jsonl")
    assert file["facets"]["version"]["datasetVersion"] == "v1"
    assert file["outputFacets"]["outputStatistics"]["rowCount"] == 5
