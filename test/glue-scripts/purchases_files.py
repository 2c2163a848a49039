"""Purchases files for tests, and what a run of the two lake steps makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import bronze_to_silver
import silver_to_gold
from pyspark.sql import Row, SparkSession

from assay_glue.counts import RowCounts
from assay_glue.document import JobDocument
from assay_glue.source import Source

HEADER = "purchase_id,customer_id,first_name,last_name,email,product,quantity,amount_aud,purchase_date"


@dataclass
class Lake:
    """The tables of one test, and a folder for its files."""

    spark: SparkSession
    document: JobDocument
    folder: Path

    def source(self, day: str, version: str = "v1", key: str | None = None, run: str = "") -> Source:
        key = key or f"customer_purchases_{day.replace('-', '')}.csv"
        run_id = f"{key.replace('.', '_').replace('/', '_')}_{version}{run}"
        return Source(run_id, key, version, f"2026-01-0{version[-1]}T00:00:00Z", day, self.document.dataset)

    def load(self, day: str, *rows: str, version: str = "v1", header: str = HEADER, run: str = "") -> RowCounts:
        """Both lake steps for a file of these rows; ``run`` tells a replay from the first run."""
        return self.run(self.source(day, version, run=run), header, rows)

    def release(self, day: str, *rows: str, version: str = "v1", run: str = "_release") -> RowCounts:
        """Both lake steps for rows that come back: each begins with its number in the original."""
        return self.run(replace(self.source(day, version, run=run), is_release=True), f"_row,{HEADER}", rows)

    def run(self, source: Source, header: str, rows: Sequence[str]) -> RowCounts:
        path = self.folder / f"{source.run_id}.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        counts = self.silver(source, path)
        silver_to_gold.load_gold(self.spark, self.document, source, str(self.folder / "work"))
        return counts

    def silver(self, source: Source, path: Path) -> RowCounts:
        return bronze_to_silver.load_silver(self.spark, self.document, bronze_to_silver.Bronze(str(path)), source)

    def current(self, columns: str = "purchase_id, amount_aud") -> list[tuple[object, ...]]:
        """Rows of silver.purchases, in order."""
        view = self.document.views["silver.purchases"]
        return self._rows(f"select {columns} from ({view}) order by all")

    def summary(self, columns: str = "customer_id, total_spent_aud") -> list[tuple[object, ...]]:
        """Rows of gold.customer_purchase_summary, in order."""
        view = self.document.views["gold.customer_purchase_summary"]
        return self._rows(f"select {columns} from ({view}) order by all")

    def quarantined(self) -> list[Row]:
        return self.spark.table("quarantine.purchases").orderBy("_row_number").collect()

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """What readers of any table can see, but for the columns that say which run wrote a row and when."""
        by_day = "customer_id, full_name, email, total_spent_aud, first_purchase_date, last_purchase_date, ingestion_date"
        return {
            "silver": self.current("purchase_id, customer_id, amount_aud, ingestion_date, _row_number"),
            "rows": self._rows("select purchase_id, _source_version, _is_current from silver.purchases_by_file order by all"),
            "gold": self.summary(by_day),
            "history": self._rows(f"select {by_day} from gold.customer_purchase_summary_by_day order by all"),
        }

    def _rows(self, sql: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.spark.sql(sql).collect()]


def purchase(
    purchase_id: str,
    customer_id: str = "7",
    amount: str = "10.00",
    date: str = "2025-01-01",
    email: str = "a@b.c",
    quantity: str = "1",
    name: str = "Ada,Lovelace",
) -> str:
    """One row of a purchases file."""
    return f"{purchase_id},{customer_id},{name},{email},Book,{quantity},{amount},{date}"
