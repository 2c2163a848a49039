"""One of twelve months, read by Spark: from silver's table of purchases, partitioned by ingestion date, and from the same rows
in a table that is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pruning_goal import Goal
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from star_schema import ROOT

ROWS_A_DAY, DAYS, TASKS = 30_000, 365, 10
# Java compiles what the readings run during the first of them, and the short ones longest.
WARM_UP, ROUNDS = 6, 9
TABLE = "silver.purchases_by_file"
PARTITIONED, FLAT, BY_DAY = TABLE, "flat.purchases", "flat.purchases_by_day"
WHERE = "ingestion_date >= date '2025-07-01' and ingestion_date < date '2025-08-01'"
PARTITION_CLAUSE = "partitioned by (ingestion_date)"
ICEBERG = "org.apache.iceberg.spark"
# What a silver row holds, in text of usual length; a day's rows are of one file and one run.
COLUMNS = {
    "purchase_id": "substr(md5(cast(id as string)), 1, 16)",
    "customer_id": "cast(pmod(hash(id), 100000) as string)",
    "first_name": "concat('First', pmod(hash(id, 1), 997))",
    "last_name": "concat('Last', pmod(hash(id, 2), 1009))",
    "email": "concat('user', pmod(hash(id), 100000), '@example.com')",
    "product": "concat('Product ', pmod(hash(id, 3), 500))",
    "quantity": "cast(1 + pmod(hash(id, 4), 9) as int)",
    "amount_aud": "cast(pmod(hash(id, 5), 99900) / 100 as decimal(18, 2))",
    "purchase_date": "date_add(day, -pmod(hash(id, 6), 3))",
    "ingestion_date": "day",
    "_source_key": "concat('customer_purchases_', date_format(day, 'yyyyMMdd'), '.csv')",
    "_source_version": "md5(cast(day as string))",
    "_source_modified_at": "cast(day as timestamp)",
    "_row_number": "row",
    "_run_id": "sha2(cast(day as string), 256)",
    "_released_by": "cast(null as string)",
    "_is_current": "true",
}


@dataclass(frozen=True)
class Reading:
    seconds: float
    megabytes: float


def session(folder: Path) -> SparkSession:
    os.environ["JAVA_HOME"] = (ROOT / ".assay" / "java-home").read_text().strip()
    jars = ",".join(sorted(str(jar) for jar in (ROOT / ".assay" / "jars").glob("*.jar")))
    settings = {
        "spark.jars": jars,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.local.dir": str(folder / "scratch"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(folder / "spark-warehouse"),
        "spark.sql.extensions": f"{ICEBERG}.extensions.IcebergSparkSessionExtensions",
        "spark.sql.catalog.lake": f"{ICEBERG}.SparkCatalog",
        "spark.sql.catalog.lake.type": "hadoop",
        "spark.sql.catalog.lake.warehouse": str(folder / "lake"),
        "spark.sql.defaultCatalog": "lake",
    }
    builder = SparkSession.builder.master("local[2]").appName("partition-pruning")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def table_ddl() -> str:
    """Silver's, as the app renders it."""
    command = ["node", "--import", "tsx", "test/glue-scripts/print-job-document.ts", "purchases"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    ddl: str = json.loads(printed.stdout)["ddl"][TABLE]
    return ddl


def without_partitions(ddl: str, name: str) -> str:
    if PARTITION_CLAUSE not in ddl:
        raise ValueError(f"silver is partitioned in another way: {ddl}")
    return ddl.replace(PARTITION_CLAUSE, "").replace(TABLE, name)


def rows(spark: SparkSession, a_day: int, *, in_order: bool) -> DataFrame:
    """The year's rows, day after day or with all days mixed in every task; the same rows."""
    numbers = spark.range(0, a_day * DAYS, 1, TASKS)
    day, row = (f"id div {a_day}", f"id % {a_day}") if in_order else (f"id % {DAYS}", f"id div {DAYS}")
    placed = numbers.selectExpr(f"cast({day} as int) as day_number", f"{row} + 1 as row")
    named = placed.selectExpr(
        f"day_number * {a_day}L + row as id", "date_add(date '2025-01-01', day_number) as day", "cast(row as bigint) as row"
    )
    return named.select(*[F.expr(sql).alias(name) for name, sql in COLUMNS.items()])


def write(spark: SparkSession, a_day: int) -> None:
    """A day's file is a day's rows, as the job that loads a file leaves it."""
    ddl = table_ddl()
    for namespace in ("silver", "flat"):
        spark.sql(f"create namespace {namespace}")
    spark.sql(ddl)
    for name in (FLAT, BY_DAY):
        spark.sql(without_partitions(ddl, name))
    for name in (PARTITIONED, FLAT, BY_DAY):
        started = time.perf_counter()
        rows(spark, a_day, in_order=name != FLAT).writeTo(name).append()
        seconds = time.perf_counter() - started
        files, count, megabytes = spark.sql(
            f"select count(*), sum(record_count), sum(file_size_in_bytes) / 1e6 from {name}.files"
        ).collect()[0]
        print(f"  {name:28}{count:>12,} rows{files:>6} files{megabytes:>9.1f} MB, written in {seconds:.0f} s", flush=True)


def read(spark: SparkSession, table: str) -> Reading:
    """Every column of the month's rows, which go nowhere; bytes as Spark's tasks count what they read."""
    before, started = bytes_read(spark), time.perf_counter()
    spark.table(table).where(WHERE).write.format("noop").mode("overwrite").save()
    seconds = time.perf_counter() - started
    return Reading(seconds, (bytes_read(spark) - before) / 1e6)


def bytes_read(spark: SparkSession) -> int:
    context = spark.sparkContext._jsc.sc()
    context.listenerBus().waitUntilEmpty()
    executors = context.statusStore().executorList(False)
    return sum(executors.apply(number).totalInputBytes() for number in range(executors.size()))


def compare(spark: SparkSession) -> list[Goal]:
    """Turn by turn; the turns of the warm-up are not counted."""
    counts = {name: spark.table(name).where(WHERE).count() for name in (PARTITIONED, FLAT, BY_DAY)}
    assert len(set(counts.values())) == 1, counts
    readings: dict[str, list[Reading]] = {name: [] for name in counts}
    turns = WARM_UP + ROUNDS
    for turn in range(1, turns + 1):
        for name, some in readings.items():
            reading = read(spark, name)
            if turn > WARM_UP:
                some.append(reading)
        print(f"\rreadings: turn {turn} of {turns}  ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for name, some in readings.items():
        seconds = sorted(each.seconds for each in some)
        figures = f"median {median(seconds):.2f} s, {seconds[0]:.2f} to {seconds[-1]:.2f} s"
        print(f"  a month of {name:28}{counts[name]:>10,} rows, {figures}, {median(e.megabytes for e in some):.1f} MB")
    return goals(readings[PARTITIONED], readings[FLAT])


def goals(partitioned: Sequence[Reading], flat: Sequence[Reading]) -> list[Goal]:
    times = median(one.seconds / other.seconds for one, other in zip(partitioned, flat, strict=True))
    amounts = median(one.megabytes / other.megabytes for one, other in zip(partitioned, flat, strict=True))
    return [Goal("a month of twelve: time of the flat layout", times, 0.35), Goal("… bytes of the flat layout", amounts, 0.1)]


def run(folder: Path, asked: Namespace) -> list[Goal]:
    spark = session(folder)
    spark.sparkContext.setLogLevel("ERROR")
    try:
        write(spark, round(ROWS_A_DAY * asked.scale))
        return compare(spark)
    finally:
        spark.stop()
