"""Which of several rows with one primary key is current: the later (ingestion date, file version, row number) wins.

The answer is stored with the rows, as ``_is_current``, and kept right in the same commit that brings or removes rows;
so readers of silver need no ranking over the whole table, and a file's cost does not grow with the files before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from assay_glue.source import IDENTITY

LATER_WINS = ("ingestion_date", "_source_modified_at", "_source_key", "_source_version", "_row_number")


@dataclass(frozen=True)
class Settled:
    """``rows``: the arriving rows with ``_is_current``. ``flips``: identity and new flag of rows already there."""

    rows: DataFrame
    flips: DataFrame | None


def settle(arriving: DataFrame, removed: DataFrame | None, others: DataFrame, primary_key: Sequence[str]) -> Settled:
    """Decides between the arriving rows and those of other files, for every key that arrives or is removed.

    ``arriving`` has one row per key. ``others`` are the table's rows of all other files.
    """
    keys = arriving.select(*primary_key)
    if removed is not None:
        keys = keys.union(removed.select(*primary_key)).distinct()
    # Not a cache: Spark goes through all cached plans when a table changes, and this one's branch will be gone.
    rivals = rows_with(others, keys, primary_key).localCheckpoint()
    if rivals.isEmpty():
        return Settled(arriving.withColumn("_is_current", F.lit(True)), None)
    latest_first = Window.partitionBy(*primary_key).orderBy(*[F.col(name).desc() for name in LATER_WINS])
    everyone = arriving.withColumn("_was_current", F.lit(None).cast("boolean")).unionByName(
        rivals.withColumnRenamed("_is_current", "_was_current")
    )
    decided = everyone.withColumn("_is_current", F.row_number().over(latest_first) == 1)
    is_new = F.col("_was_current").isNull()
    flips = decided.where(~is_new & (F.col("_is_current") != F.col("_was_current")))
    return Settled(decided.where(is_new).drop("_was_current"), flips.select(*IDENTITY, "_is_current"))


def rows_with(rows: DataFrame, keys: DataFrame, primary_key: Sequence[str]) -> DataFrame:
    """The rows that have one of the keys. The keys' range comes first: it spares reading files that lie outside it."""
    first = primary_key[0]
    bounds = keys.agg(F.min(first).alias("least"), F.max(first).alias("greatest")).first()
    assert bounds is not None  # an aggregation without groups has one row
    in_range = rows.where(F.col(first).between(F.lit(bounds.least), F.lit(bounds.greatest)))
    return in_range.join(keys, list(primary_key), "left_semi")
