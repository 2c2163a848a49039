"""Tables from before under a contract of today: what is changed, what is refused, and that no row is lost."""

from __future__ import annotations

import itertools
import subprocess
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import silver_to_gold
from purchases_files import Lake, purchase
from pyspark.sql import SparkSession

from assay_glue import evolve
from assay_glue.document import JobDocument, parse_document
from assay_glue.errors import TerminalError
from assay_glue.job import create_tables

ROOT = Path(__file__).parents[3]
ROWS, HISTORY = "silver.purchases_by_file", "gold.customer_purchase_summary_by_day"
PRODUCT = "- name: product\n        logicalType: string\n        physicalType: STRING"
ITEM = PRODUCT.replace("product", "item") + "\n        customProperties: [{ property: renamedFrom, value: product }]"
CHANNEL = PRODUCT.replace("product", "channel") + "\n        customProperties: [{ property: addedIn, value: 2.0.0 }]"
FULL_NAME = "- name: full_name\n"
NAME_IN_FULL = "- name: name_in_full\n        customProperties: [{ property: renamedFrom, value: full_name }]\n"
LAST_YEAR = "      - name: last_year\n        logicalType: integer\n        physicalType: INTEGER\ncustomProperties:"
TO_SECOND = {
    "version: 1.2.0": "version: 2.0.0",
    PRODUCT: f"{ITEM}\n      {CHANNEL}",
    "physicalType: INTEGER": "physicalType: BIGINT",
    "DECIMAL(18,2)": "DECIMAL(20,2)",
    FULL_NAME: NAME_IN_FULL,
    "\ncustomProperties:": f"\n{LAST_YEAR}",
}
SQL_TO_SECOND = {
    "latest_purchase.full_name,": "latest_purchase.full_name as name_in_full,",
    "last_purchase_date,\n    as_of_each_day.ingestion_date": (
        "last_purchase_date,\n    year(as_of_each_day.last_purchase_date) as last_year,\n    as_of_each_day.ingestion_date"
    ),
}
TO_THIRD = {"version: 2.0.0": "version: 3.0.0", f"{ITEM}\n      ": ""}
SECOND_HEADER = "purchase_id,customer_id,first_name,last_name,email,item,channel,quantity,amount_aud,purchase_date"


def changed(text: str, changes: Mapping[str, str]) -> str:
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


def rendered(folder: Path, contract: str) -> JobDocument:
    """The job document of a purchases contract of the second version or a later one; any file may be published."""
    sql = changed((ROOT / "sql/gold/customer_purchase_summary.sql").read_text(), SQL_TO_SECOND)
    for path, text in {"contracts/purchases.odcs.yaml": contract, "sql/gold/customer_purchase_summary.sql": sql}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    command = ["node", "--import", "tsx", "test/glue-scripts/print-job-document.ts", "purchases", str(folder)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    document = parse_document(printed.stdout)
    return replace(document, thresholds=dict.fromkeys(document.thresholds, "0"))


@pytest.fixture(scope="module")
def second_contract() -> str:
    return changed((ROOT / "contracts/purchases.odcs.yaml").read_text(), TO_SECOND)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, second_contract: str) -> JobDocument:
    return rendered(tmp_path_factory.mktemp("second"), second_contract)


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory, second_contract: str) -> JobDocument:
    return rendered(tmp_path_factory.mktemp("third"), changed(second_contract, TO_THIRD))


def columns_of(spark: SparkSession, table: str) -> dict[str, str]:
    return {column.name: column.dataType.simpleString() for column in spark.table(table).schema}


def commits(spark: SparkSession, table: str) -> int:
    return spark.table(f"{table}.metadata_log_entries").count()


def test_rows_from_before_are_read_under_the_new_contract_and_new_ones_come_beside_them(
    lake: Lake, second: JobDocument, third: JobDocument
) -> None:
    files = [purchase("1"), purchase("2", customer_id="8")]
    lake.load("2025-01-01", *files)

    create_tables(lake.spark, second)
    lake = replace(lake, document=second)
    seen = "purchase_id, item, channel, quantity, amount_aud"
    before = [("1", "Book", None, 1, Decimal("10.00")), ("2", "Book", None, 1, Decimal("10.00"))]
    assert lake.current(seen) == before
    in_gold = "customer_id, name_in_full, total_spent_aud, last_year"
    assert lake.summary(in_gold) == [
        ("7", "Ada Lovelace", Decimal("10.00"), None),
        ("8", "Ada Lovelace", Decimal("10.00"), None),
    ]
    # The gold step reads silver at its latest snapshot, which is one from before the change.
    silver_to_gold.load_gold(lake.spark, second, lake.source("2025-01-01"), str(lake.folder / "again"))
    assert lake.summary("customer_id, last_year") == [("7", 2025), ("8", 2025)]

    new = "1,7,Ada,Lovelace,a@b.c,Pen,web,5000000000,123456789012345678.90,2025-01-02"
    lake.run(lake.source("2025-01-02"), SECOND_HEADER, [new])
    after = [("1", "Pen", "web", 5_000_000_000, Decimal("123456789012345678.90")), before[1]]
    assert lake.current(seen) == after
    assert lake.summary("customer_id, total_spent_aud") == [
        ("7", Decimal("123456789012345678.90")),
        ("8", Decimal("10.00")),
    ]

    counts = lake.load("2025-01-01", *files, run="_replay")
    assert (counts.read, counts.published) == (2, 2)
    assert lake.current(seen) == after

    create_tables(lake.spark, third)
    lake = replace(lake, document=third)
    newest = new.replace("Pen,", "").replace("web", "shop").replace("2025-01-02", "2025-01-03")
    lake.run(lake.source("2025-01-03"), SECOND_HEADER.replace("item,", ""), [newest])
    rows = lake.spark.sql(f"select purchase_id, item, channel, _is_current from {ROWS} order by ingestion_date, purchase_id")
    assert [tuple(row) for row in rows.collect()] == [
        ("1", "Book", None, False),
        ("2", "Book", None, True),
        ("1", "Pen", "web", False),
        ("1", None, "shop", True),
    ]


def test_two_runs_at_once_change_the_tables_once_and_later_ones_not_at_all(
    lake: Lake, second: JobDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = [lake.spark, lake.spark.newSession()]
    both_have_looked = threading.Barrier(2)
    attempts = itertools.count()
    commit = evolve._commit

    def commit_together(spark: SparkSession, table: Any, changes: evolve.Changes, version: str) -> None:
        if next(attempts) < 2:
            both_have_looked.wait(timeout=60)
        commit(spark, table, changes, version)

    def follow(spark: SparkSession) -> None:
        evolve.evolve(spark, {ROWS: second.tables[ROWS]}, second.version)

    # Each session has its own view of the catalog, and takes it before the other changes the table.
    there, _ = [commits(session, ROWS) for session in sessions]
    monkeypatch.setattr(evolve, "_commit", commit_together)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(follow, sessions))
    monkeypatch.undo()
    assert next(attempts) >= 2
    assert [commits(session, ROWS) for session in sessions] == [there + 1, there + 1]
    for column in second.tables[ROWS]:
        assert columns_of(lake.spark, ROWS)[column.name] == column.type
    create_tables(lake.spark, second)
    everywhere = {table: commits(lake.spark, table) for table in second.tables}
    create_tables(lake.spark, second)
    assert {table: commits(lake.spark, table) for table in second.tables} == everywhere


def test_a_change_that_would_lose_something_changes_no_table(lake: Lake, second: JobDocument) -> None:
    impossible = [replace(column, type="date") if column.name == "email" else column for column in second.tables[HISTORY]]
    with pytest.raises(
        TerminalError,
        match=rf"IncompatibleTable: {HISTORY} cannot follow contract 2\.0\.0: column email is string and cannot become date;",
    ):
        create_tables(lake.spark, replace(second, tables={**second.tables, HISTORY: tuple(impossible)}))
    assert {name: list(columns_of(lake.spark, name)) for name in lake.document.tables} == {
        name: [column.name for column in columns] for name, columns in lake.document.tables.items()
    }


def test_a_run_under_an_earlier_contract_does_not_bring_back_what_is_gone(lake: Lake, second: JobDocument) -> None:
    create_tables(lake.spark, second)
    with pytest.raises(
        TerminalError,
        match=rf"OutdatedContract: {ROWS} follows contract 2\.0\.0, this run 1\.2\.0: there is no column product; replay",
    ):
        create_tables(lake.spark, lake.document)


def test_our_own_columns_come_to_tables_that_an_earlier_version_made(lake: Lake) -> None:
    for table in (ROWS, "quarantine.purchases"):
        lake.spark.sql(f"alter table {table} drop column _released_by")
    create_tables(lake.spark, lake.document)
    lake.load("2025-01-01", purchase("1"), purchase("2", amount="x"))
    lake.release("2025-01-01", "2," + purchase("2"))
    assert [row._released_by is not None for row in lake.quarantined()] == [True]
