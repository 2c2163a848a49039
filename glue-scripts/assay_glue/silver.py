"""Silver as one consistent snapshot, and the current row of each primary key in it."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession

from assay_glue.document import JobDocument


@dataclass(frozen=True)
class Snapshot:
    """A state of a table. Sequence numbers grow with every commit, so a larger one has seen more."""

    id: int
    sequence_number: int


def snapshot_of(spark: SparkSession, table: str) -> Snapshot:
    """The state that readers of the table see now."""
    # No SQL metadata table tells a snapshot's sequence number; Iceberg's own handle of the table does.
    assert spark._jvm is not None  # only a session that was stopped has none
    iceberg = spark._jvm.org.apache.iceberg.spark.Spark3Util.loadIcebergTable(spark._jsparkSession, f"lake.{table}")
    current = iceberg.currentSnapshot()
    return Snapshot(current.snapshotId(), current.sequenceNumber())


def current_rows(spark: SparkSession, document: JobDocument, snapshot: Snapshot) -> DataFrame:
    """The current row of each primary key, by the view that readers of silver use, at one snapshot."""
    name = f"{document.dataset}_at_snapshot"
    spark.read.option("snapshot-id", snapshot.id).table(document.rows_table).createOrReplaceTempView(name)
    return spark.sql(document.views[document.current_view].replace(document.rows_table, name))
