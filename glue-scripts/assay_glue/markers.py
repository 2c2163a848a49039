"""What the commits of a silver table say of the files that they brought: after an unknown outcome the marker decides."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.counts import RowCounts
from assay_glue.source import Source

COUNTS = {name: f"assay.rows-{name}" for name in ("read", "published", "quarantined", "deduplicated")}


def marker_of(source: Source, counts: RowCounts) -> Mapping[str, str]:
    """The snapshot properties of the commit that brings the source's rows."""
    numbers = {COUNTS[name]: str(number) for name, number in counts.as_dict().items()}
    return {
        "assay.source": source.marker,
        "assay.source-key": source.key,
        "assay.source-version": source.version,
        "assay.source-modified-at": source.modified_at,
        "assay.run": source.run_id,
        **numbers,
    }


def published_counts(spark: SparkSession, table: str, source: Source) -> RowCounts | None:
    """What the run published, by its marker on the main branch, or None when it did not."""
    summary = F.col("summary")
    mine = _commits(spark, table).where(summary["assay.run"] == source.run_id)
    found = mine.select(*[summary[property].alias(name) for name, property in COUNTS.items()]).first()
    return None if found is None else RowCounts(**{name: int(found[name]) for name in COUNTS})


def is_superseded(spark: SparkSession, table: str, source: Source) -> bool:
    """Whether a later version of the file has been published: then this one must not take its place."""
    summary = F.col("summary")
    ours = F.struct(F.lit(source.modified_at).cast("timestamp").alias("at"), F.lit(source.version).alias("version"))
    modified_at = summary["assay.source-modified-at"].cast("timestamp")
    theirs = F.struct(modified_at.alias("at"), summary["assay.source-version"].alias("version"))
    later = _commits(spark, table).where((summary["assay.source-key"] == source.key) & (theirs > ours))
    return not later.isEmpty()


def _commits(spark: SparkSession, table: str) -> DataFrame:
    """The snapshots that the main branch is built of."""
    ancestors = spark.table(f"{table}.history").where("is_current_ancestor").select("snapshot_id")
    return spark.table(f"{table}.snapshots").join(ancestors, "snapshot_id")


def snapshot_before(spark: SparkSession, table: str, source: Source) -> int | None:
    """What readers saw just before the run's rows were published; None when nothing, or when the run published nothing."""
    run = F.col("summary")["assay.run"].alias("run")
    published = {row["snapshot_id"]: row["run"] for row in _commits(spark, table).select("snapshot_id", run).collect()}
    parents = {row["snapshot_id"]: row["parent_id"] for row in spark.table(f"{table}.snapshots").collect()}
    place = next((snapshot for snapshot, run in published.items() if run == source.run_id), None)
    # A run may need several commits, on a branch that readers do not see until the last.
    while place is not None and published.get(place, source.run_id) == source.run_id:
        place = parents.get(place)
    return place
