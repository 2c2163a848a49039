"""A gold model for the keys that a file touched: computed from silver as it stands, merged where it differs."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from functools import reduce
from operator import or_

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.document import JobDocument, Model
from assay_glue.errors import TerminalError, TransientError
from assay_glue.silver import current_rows, snapshot_of
from assay_glue.source import Source

MERGE_ATTEMPTS = 20


def history_table(model: Model) -> str:
    """The model's rows as of every ingestion date; ``gold.<model>`` is the view of the latest per key."""
    return f"gold.{model.name}_by_day"


def touched_keys(spark: SparkSession, document: JobDocument, model: Model, source: Source) -> DataFrame:
    """Distinct model keys whose rows may differ after the source was published.

    They are the keys of the rows that the run wrote, or made current or not so in other files, and those that gold
    still has for the day, whose rows a newer version of the file may have dropped.
    """
    written = spark.table(document.rows_table).where(F.col("_run_id") == source.run_id)
    day = F.col("ingestion_date") == F.lit(source.ingestion_date).cast("date")
    in_gold = spark.table(history_table(model)).where(day)
    return written.select(*model.key).union(in_gold.select(*model.key)).distinct()


def refresh_model(spark: SparkSession, document: JobDocument, model: Model, keys: DataFrame, source: Source) -> int:
    """Brings the model's rows for the keys to what silver says; returns the number of rows that differed.

    Two runs may do this at once: each row carries the sequence number of the silver snapshot it was computed from
    and gives way to a later one only. A merge that meets another's commit is computed again.
    """
    for attempt in range(MERGE_ATTEMPTS):
        changes = _changes(spark, document, model, keys, source).localCheckpoint()
        try:
            number = _checked_count(changes, model)
            if number:
                _merge(spark, model, changes)
            return number
        except Exception as error:  # Spark wraps Iceberg's conflicts in several classes; the text tells them apart
            if not _is_conflict(str(error)):
                raise
            time.sleep(random.uniform(0, 0.2 * (attempt + 1)))
    raise TransientError("PublishContended", f"{history_table(model)}: other runs won {MERGE_ATTEMPTS} times")


def _changes(spark: SparkSession, document: JobDocument, model: Model, keys: DataFrame, source: Source) -> DataFrame:
    """Rows to write, and with ``_is_gone`` rows to delete: computed against published, equal ones left out."""
    snapshot = snapshot_of(spark, document.rows_table)
    current = current_rows(spark, document, snapshot).join(keys, list(model.key), "left_semi")
    current.createOrReplaceTempView(document.dataset)
    business = [name for name in model.columns if name not in model.key]
    grain = [*model.key, "ingestion_date"]
    computed = spark.sql(model.sql).withColumn("_computed", F.lit(True))
    published = (
        spark.table(history_table(model))
        .join(keys, list(model.key), "left_semi")
        .select(*grain, *[F.col(name).alias(f"_was_{name}") for name in business], F.lit(True).alias("_published"))
    )
    differs = reduce(or_, [~F.col(name).eqNullSafe(F.col(f"_was_{name}")) for name in business])
    is_gone = F.col("_computed").isNull()
    rows = computed.join(published, grain, "full_outer").where(is_gone | F.col("_published").isNull() | differs)
    return rows.select(
        *model.columns,
        "ingestion_date",
        *_partition_of("ingestion_date"),
        F.lit(snapshot.sequence_number).alias("_silver_sequence"),
        F.lit(source.run_id).alias("_run_id"),
        is_gone.alias("_is_gone"),
    )


def _checked_count(changes: DataFrame, model: Model) -> int:
    """The number of changes. Raises RequiredValueMissing, before it can be published or fail in a database later."""
    missing = {name: F.count_if(~F.col("_is_gone") & F.col(name).isNull()).alias(name) for name in model.required}
    counted = changes.agg(F.count("*").alias("_changes"), *missing.values()).first()
    assert counted is not None, "an aggregate without grouping has one row"
    for name in missing:
        if counted[name]:
            raise TerminalError(
                "RequiredValueMissing",
                f"gold.{model.name}: sql/gold/{model.name}.sql gives no {name} for {counted[name]} of the keys that this "
                f"file touched; expected a value in range of {model.columns[name]}",
            )
    return int(counted["_changes"])


def _partition_of(date: str) -> Sequence[Column]:
    return [F.date_format(date, pattern).alias(name) for name, pattern in (("year", "yyyy"), ("month", "MM"), ("day", "dd"))]


def _merge(spark: SparkSession, model: Model, changes: DataFrame) -> None:
    changes.createOrReplaceTempView("changes")
    columns = [name for name in changes.columns if name != "_is_gone"]
    matches = " and ".join(f"target.{name} = changes.{name}" for name in (*model.key, "ingestion_date"))
    assignments = ", ".join(f"{name} = changes.{name}" for name in columns)
    names, values = ", ".join(columns), ", ".join(f"changes.{name}" for name in columns)
    spark.sql(
        f"""
        merge into {history_table(model)} as target using changes on {matches}
        when matched and changes._silver_sequence >= target._silver_sequence and changes._is_gone then delete
        when matched and changes._silver_sequence >= target._silver_sequence then update set {assignments}
        when not matched and not changes._is_gone then insert ({names}) values ({values})
        """
    )


def _is_conflict(message: str) -> bool:
    signs = ("ValidationException", "Found conflicting files", "CommitFailedException", "was updated concurrently")
    return any(sign in message for sign in signs)
