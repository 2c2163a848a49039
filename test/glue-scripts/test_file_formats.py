"""One file in each format: the same rows, the same refusals with their reasons, the same scores."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bronze_to_silver import Bronze, read_judged
from pyspark.sql import SparkSession

from assay_glue.assess import assess
from assay_glue.document import JobDocument
from assay_glue.source import Source

GOOD = ["P1", "007", "Zoë", "O'Hara, the 2nd", "ZOE@B.C", 'a "book"\nand more', "2", "12.50", "2024-02-29"]
NO_AMOUNT = ["P2", "8", "", "", "", "", "1", "", "2024-02-29"]
SIGNS_DIFFER = ["P3", "8", "", "", "", "", "1", "-3.00", "2024-03-01"]
REPEATED = ["P1", "9", "", "", "", "", "1", "1.00", "2024-03-01"]
ROWS = [GOOD, NO_AMOUNT, SIGNS_DIFFER, REPEATED]


def csv(path: Path, names: list[str]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [names, *ROWS]]
    path.write_text("\r\n".join(quoted), encoding="utf-8")


def jsonl(path: Path, names: list[str]) -> None:
    numbers = ("quantity", "amount_aud")

    def line(row: list[str]) -> str:
        cells = dict(zip(names, row, strict=True))
        texts = {name: cell for name, cell in cells.items() if cell and name not in numbers}
        members = [f"{json.dumps(name)}: {json.dumps(cell)}" for name, cell in texts.items()]
        return "{" + ", ".join(members + [f'"{name}": {cells[name] or "null"}' for name in numbers]) + "}"

    path.write_text("\n".join(line(row) for row in ROWS), encoding="utf-8")


def parquet(path: Path, names: list[str]) -> None:
    columns: dict[str, Any] = {name: [row[place] or None for row in ROWS] for place, name in enumerate(names)}
    columns["quantity"] = pa.array([int(cell) for cell in columns["quantity"]], pa.int32())
    columns["amount_aud"] = pa.array([cell and Decimal(cell) for cell in columns["amount_aud"]], pa.decimal128(18, 2))
    columns["purchase_date"] = pa.array(columns["purchase_date"]).cast(pa.date32())
    pq.write_table(pa.table(columns), path, compression="zstd")


@pytest.mark.parametrize("write", [csv, jsonl, parquet], ids=["csv", "jsonl", "parquet"])
def test_a_file_says_the_same_in_each_format(spark: SparkSession, purchases: JobDocument, tmp_path: Path, write: Any) -> None:
    format = write.__name__
    path = tmp_path / f"customer_purchases_20240301.{format}"
    names = [column.name for column in purchases.columns]
    write(path, names)
    source = Source("run", path.name, "v1", "2024-03-01T00:00:00Z", "2024-03-01", "purchases")
    judged = read_judged(spark, purchases, Bronze(str(path), format=format), source)
    rows = [row.asDict(recursive=True) for row in judged.orderBy("_row_number").collect()]
    assert [tuple(str(row[name] or "") for name in names) for row in rows] == [
        ("P1", "007", "Zoë", "O'Hara, the 2nd", "zoe@b.c", 'a "book"\nand more', "2", "12.50", "2024-02-29"),
        tuple(NO_AMOUNT),
        tuple(SIGNS_DIFFER),
        tuple(REPEATED),
    ]
    assert [[(reason["rule"], reason["column"], reason["value"]) for reason in row["_reasons"]] for row in rows] == [
        [],
        [("required", "amount_aud", None)],
        [("amount_and_quantity_agree", "quantity, amount_aud", "1, -3.00")],
        [],
    ]
    assert [bool(row["_raw"]) for row in rows] == [False, True, True, False]
    found = assess(judged, purchases)
    assert (found.read, found.refused, found.has_duplicates) == (4, 2, True)
    assert {name: (score.passed, score.total) for name, score in found.scores.items()} == {
        "completeness": (19, 20),
        "validity": (11, 11),
        "accuracy": (3, 4),
        "consistency": (2, 4),
    }
