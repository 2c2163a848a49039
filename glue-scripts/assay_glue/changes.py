"""What a run changed in silver, as rows that a warehouse can merge: one per primary key that it touched."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.current import rows_with
from assay_glue.document import JobDocument
from assay_glue.markers import snapshot_before
from assay_glue.silver import snapshot_of
from assay_glue.source import Source

PLACE = ("ingestion_date", "_source_key", "_source_version", "_row_number")


def changed_rows(spark: SparkSession, document: JobDocument, source: Source) -> DataFrame:
    """The current row of each key that the run touched, or with ``_is_deleted`` a key that has none any more.

    Touched are the keys of the rows that the run wrote, made current or not so, and of those that it took the place of.
    ``_silver_sequence`` says as of which snapshot of silver: of two rows with a key the later is right.
    """
    snapshot = snapshot_of(spark, document.rows_table)
    rows = spark.read.option("snapshot-id", snapshot.id).table(document.rows_table)
    written = rows.where(F.col("_run_id") == source.run_id)
    brought = written.where("_is_current")
    key = list(document.primary_key)
    touched = written.where("not _is_current").select(*key).union(_replaced(spark, document, source).select(*key))
    # As a rule none: then nothing else of silver is read.
    others = touched.join(brought, key, "left_anti").distinct().localCheckpoint()
    found = brought if others.isEmpty() else brought.unionByName(rows_with(rows.where("_is_current"), others, key))
    deleted = others.join(found, key, "left_anti")
    current = found.select(*[column.name for column in document.columns], *PLACE, F.lit(False).alias("_is_deleted"))
    return current.unionByName(deleted.withColumn("_is_deleted", F.lit(True)), allowMissingColumns=True).select(
        # Iceberg has no integers of less than 32 bits; a warehouse is told the contract's types.
        *[F.col(column.name).cast(column.type) for column in document.columns],
        *PLACE,
        F.lit(source.run_id).alias("_run_id"),
        F.lit(snapshot.sequence_number).cast("bigint").alias("_silver_sequence"),
        "_is_deleted",
    )


def _replaced(spark: SparkSession, document: JobDocument, source: Source) -> DataFrame:
    """The rows that earlier versions of the file had before the run's commit."""
    before = snapshot_before(spark, document.rows_table, source)
    if before is None:
        return spark.table(document.rows_table).limit(0)
    return spark.read.option("snapshot-id", before).table(document.rows_table).where(source.replaced_sql)
