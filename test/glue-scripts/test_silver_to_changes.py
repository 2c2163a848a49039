"""What lies in the work area for the warehouses to copy."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from purchases_files import Lake, purchase
from pyspark.sql import functions as F
from silver_to_changes import write_changes

from assay_glue.changes import changed_rows


def test_rows_are_files_of_parquet_with_moments_to_the_microsecond(lake: Lake, tmp_path: Path) -> None:
    lake.load("2026-01-01", purchase("1", amount="1.00"), purchase("2", amount="2.00"))
    place = tmp_path / "changes"
    rows = changed_rows(lake.spark, lake.document, lake.source("2026-01-01"))
    for _again in range(2):
        write_changes(rows.withColumn("at", F.lit("2026-01-01 00:00:00.123456").cast("timestamp")), str(place))
    written = pq.read_table(place, schema=None)
    assert sorted(written.column("purchase_id").to_pylist()) == ["1", "2"]
    assert str(written.schema.field("at").type).startswith("timestamp[us")
    assert str(written.schema.field("amount_aud").type) == "decimal128(18, 2)"


def test_moments_and_dates_of_any_year_are_written_as_they_are(lake: Lake, tmp_path: Path) -> None:
    lake.load("2026-01-01", *(purchase(str(number)) for number in range(5)))
    rows = changed_rows(lake.spark, lake.document, lake.source("2026-01-01"))
    written = [
        "0202-11-15 01:02:03",
        "1582-10-10 00:00:00",
        "1899-12-30 00:00:00",
        "1900-01-01 00:00:00",
        "9999-12-31 23:59:59",
    ]
    moments = F.element_at(F.array(*map(F.lit, written)), F.col("purchase_id").cast("int") + 1)
    place = tmp_path / "changes"
    write_changes(rows.withColumns({"at": moments.cast("timestamp"), "day": moments.cast("date")}), str(place))
    table = pq.read_table(place).sort_by("purchase_id")
    assert [str(at)[:19] for at in table.column("at").to_pylist()] == written
    assert [str(day) for day in table.column("day").to_pylist()] == [text[:10] for text in written]


def test_no_rows_are_a_file_too(lake: Lake, tmp_path: Path) -> None:
    lake.load("2026-01-01", purchase("1"))
    lake.load("2026-01-01", purchase("1"), version="v2")
    rows = changed_rows(lake.spark, lake.document, lake.source("2026-01-01"))
    write_changes(rows, str(tmp_path / "changes"))
    (file,) = (tmp_path / "changes").glob("*.parquet")
    table = pq.read_table(file)
    assert (table.num_rows, table.column_names) == (0, rows.columns)
