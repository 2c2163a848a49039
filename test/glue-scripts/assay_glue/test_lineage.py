"""What a step's lineage leaves behind, and that it never stands in the step's way."""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from assay_glue.errors import TerminalError
from assay_glue.lineage import LINEAGE_ARGUMENTS, lineage_of
from assay_glue.lineage_datasets import Dataset
from assay_glue.scores import Score

ROOT = Path(__file__).parents[3]
RUN = "a" * 64
CONNECTION = {"host": "localhost", "port": 5432, "dbname": "assay", "password": "secret"}


def arguments(path: Path | str) -> argparse.Namespace:
    return argparse.Namespace(
        run_id=RUN,
        outcome="load",
        source_key="customer_purchases_20250102.csv",
        source_version="v1",
        ingestion_date="2025-01-02",
        dataset="purchases",
        lineage_path=str(path),
        lineage_namespace="assay-dev",
        catalog_arn="arn:aws:glue:us-east-1:000000000000",
    )


def events(path: Path) -> dict[str, dict[str, Any]]:
    """By their type, all valid against the published schemas."""
    files = sorted((path / "purchases" / "2025-01-02" / RUN).glob("gold-to-rds-*.jsonl"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert [text.count("\n") for text in texts] == [1] * len(texts)
    faults = subprocess.run(
        ["node", "--import", "tsx", "test/openlineage/print-faults.ts"],
        cwd=ROOT,
        input="".join(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(faults.stdout) == []
    told = {event["eventType"]: event for event in map(json.loads, texts)}
    assert len(told) == len(files)
    return told


def names(datasets: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(dataset["namespace"], dataset["name"]) for dataset in datasets]


@pytest.fixture
def summary(spark: SparkSession) -> Iterator[DataFrame]:
    spark.sql("create table gold.lineage_summary (customer_id string, spent decimal(18,2), seen struct<day: date>)")
    yield spark.table("gold.lineage_summary")
    spark.sql("drop table gold.lineage_summary purge")


def test_a_step_tells_what_it_read_and_wrote(summary: DataFrame, tmp_path: Path) -> None:
    with lineage_of("gold-to-rds", arguments(tmp_path / "ünï")) as lineage:
        bronze = lineage.file("s3://bronze/a.csv", ["customer_id"], "v7")
        staging = lineage.postgres(CONNECTION, "summary_staging")
        lineage.writes(staging, summary.selectExpr("customer_id", "spent as total_spent"), row_count=2, file=bronze)
        lineage.reads(lineage.file("s3://bronze/a.csv"), row_count=3, scores={"validity": Score(9, 10, "0.97")})
    told = events(tmp_path / "ünï")
    assert set(told) == {"START", "COMPLETE"}
    assert (told["START"]["inputs"], told["START"]["outputs"]) == ([], [])
    complete = told["COMPLETE"]
    parameters = complete["run"]["facets"]["executionParameters"]["parameters"]
    assert {each["key"]: each["value"] for each in parameters} == {
        "run_id": RUN,
        "outcome": "load",
        "source_key": "customer_purchases_20250102.csv",
        "source_version": "v1",
        "ingestion_date": "2025-01-02",
    }
    table = ("arn:aws:glue:us-east-1:000000000000", "table/gold/lineage_summary")
    assert names(complete["inputs"]) == [("s3://bronze", "a.csv"), table]
    file, gold = complete["inputs"]
    assert file["inputFacets"]["inputStatistics"]["rowCount"] == 3
    assert file["inputFacets"]["dataQualityAssertions"]["assertions"][0]["success"] is False
    assert file["facets"]["version"]["datasetVersion"] == "v7"
    assert file["facets"]["schema"]["fields"] == [{"name": "customer_id", "type": "string"}]
    assert [field["name"] for field in gold["facets"]["schema"]["fields"]] == ["customer_id", "spent", "seen"]
    assert names(complete["outputs"]) == [("postgres://localhost:5432", "assay.public.summary_staging")]
    (output,) = complete["outputs"]
    assert output["outputFacets"]["outputStatistics"]["rowCount"] == 2
    assert output["facets"]["schema"]["fields"] == [
        {"name": "customer_id", "type": "string"},
        {"name": "total_spent", "type": "decimal(18,2)"},
    ]
    assert output["facets"]["columnLineage"]["fields"]["total_spent"]["inputFields"] == [
        {
            "namespace": table[0],
            "name": table[1],
            "field": "spent",
            "transformations": [{"type": "DIRECT", "subtype": "IDENTITY"}],
        }
    ]
    assert "secret" not in json.dumps(told)


def test_a_failed_step_tells_its_error_and_what_it_knew(tmp_path: Path) -> None:
    error = TerminalError("RowsDoNotBalance", "3 rows read, but 2 published")
    with pytest.raises(TerminalError) as raised, lineage_of("gold-to-rds", arguments(tmp_path)) as lineage:
        lineage.reads(lineage.table("gold.summary"), row_count=3)
        raise error
    assert raised.value is error
    told = events(tmp_path)
    assert set(told) == {"START", "FAIL"}
    fail = told["FAIL"]
    assert fail["run"]["facets"]["errorMessage"]["message"] == "RowsDoNotBalance: 3 rows read, but 2 published"
    assert fail["run"]["runId"] == told["START"]["run"]["runId"]
    assert names(fail["inputs"]) == [("arn:aws:glue:us-east-1:000000000000", "table/gold/summary")]


def test_an_error_that_is_not_ours_tells_no_value(tmp_path: Path) -> None:
    with pytest.raises(ValueError), lineage_of("gold-to-rds", arguments(tmp_path)):
        raise ValueError("ada@example.org")
    told = events(tmp_path)
    assert told["FAIL"]["run"]["facets"]["errorMessage"]["message"] == "ValueError"
    assert "ada" not in json.dumps(told)


def test_what_a_step_leaves_for_the_next_is_one_dataset_whatever_the_run(spark: SparkSession, tmp_path: Path) -> None:
    work = f"{tmp_path}/work/{RUN}/touched_keys/summary"
    spark.range(1).write.parquet(work)
    with lineage_of("gold-to-rds", arguments(tmp_path)) as lineage:
        lineage.reads(lineage.file(f"{tmp_path}/work/touched_keys/summary", version="v3"))
        lineage.writes(Dataset("n", "o"), spark.read.parquet(work))
    (keys,) = events(tmp_path)["COMPLETE"]["inputs"]
    assert names([keys]) == [("file", f"{tmp_path}/work/touched_keys/summary")]
    # What is told twice is one input with all that was told.
    assert keys["facets"]["version"]["datasetVersion"] == "v3"
    assert keys["facets"]["schema"]["fields"] == [{"name": "id", "type": "long"}]


def test_a_frame_that_cannot_be_made_or_read_costs_its_columns_only(
    spark: SparkSession, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with lineage_of("gold-to-rds", arguments(tmp_path)) as lineage:
        bronze = lineage.file("s3://bronze/a.csv")
        lineage.writes(lineage.table("gold.summary"), lambda: spark.sql("select ada from no_such_table"), 1, bronze)
    complete = events(tmp_path)["COMPLETE"]
    assert names(complete["inputs"]) == [("s3://bronze", "a.csv")]
    (output,) = complete["outputs"]
    assert output["outputFacets"]["outputStatistics"]["rowCount"] == 1
    assert caplog.messages == ["no lineage of columns of table/gold/summary: AnalysisException"]


def test_a_place_that_cannot_be_written_fails_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    steps = []
    with lineage_of("gold-to-rds", arguments(blocked)):
        steps.append("done")
    with pytest.raises(KeyError, match="mine"), lineage_of("gold-to-rds", arguments(blocked)):
        raise KeyError("mine")
    assert steps == ["done"]
    assert [message.rsplit(": ", 1)[1] for message in caplog.messages] == ["NotADirectoryError"] * 4
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_every_attempt_leaves_its_own_events(tmp_path: Path) -> None:
    for _ in range(2):
        with lineage_of("gold-to-rds", arguments(tmp_path)):
            pass
    assert len(list(tmp_path.rglob("gold-to-rds-COMPLETE-*.jsonl"))) == 2


def test_the_arguments_are_those_that_are_asked_for(tmp_path: Path) -> None:
    known = vars(arguments(tmp_path))
    assert set(LINEAGE_ARGUMENTS) < set(known)
