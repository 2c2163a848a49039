"""Loads what the first run would otherwise wait for: Spark's code generation, Iceberg, S3 and Glue clients, Python workers."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow
from pyspark.sql import SparkSession

from spark_host.settings import lake_conf

if TYPE_CHECKING:
    from spark_host.service import Laptop

EMULATOR_TIMEOUT_SECONDS = 120


def warm_up(root: SparkSession, laptop: Laptop) -> None:
    """Best effort: a laptop that could not be warmed up is slower, not wrong."""
    start = time.monotonic()
    for step in (_python_workers, _iceberg, _emulator):
        try:
            step(root.newSession(), laptop)
        except Exception as error:
            print(f"warming up, {step.__name__}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    print(f"warmed up in {time.monotonic() - start:.1f} s", file=sys.stderr, flush=True)


def _python_workers(spark: SparkSession, _laptop: Laptop) -> None:
    def same(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        yield from batches

    spark.range(10).mapInArrow(same, "id bigint").count()


def _iceberg(spark: SparkSession, laptop: Laptop) -> None:
    """What a run does to a table, on a local one that is thrown away."""
    for name, value in {"": "org.apache.iceberg.spark.SparkCatalog", ".type": "hadoop"}.items():
        spark.conf.set(f"spark.sql.catalog.warm{name}", value)
    spark.conf.set("spark.sql.catalog.warm.warehouse", Path(laptop.scratch, "warm").as_uri())
    for statement in (
        "drop table if exists warm.db.t purge",
        "create table warm.db.t (id string, amount decimal(18,2), day date) using iceberg partitioned by (day)",
        "insert into warm.db.t select cast(id as string), 1.10, date'2025-01-01' from range(10)",
        "alter table warm.db.t create branch b",
        "merge into warm.db.t.branch_b t using (select '1' as id, 2.20 as amount, date'2025-01-01' as day) s on t.id = s.id "
        "when matched then update set * when not matched then insert *",
        "call warm.system.fast_forward('db.t', 'main', 'b')",
        "drop table warm.db.t purge",
    ):
        spark.sql(statement)


def _emulator(spark: SparkSession, _laptop: Laptop) -> None:
    for name, value in lake_conf().items():
        spark.conf.set(name, value)
    deadline = time.monotonic() + EMULATOR_TIMEOUT_SECONDS
    while True:
        try:
            spark.sql("show namespaces in lake").collect()
            return
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
