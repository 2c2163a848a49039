"""The scores of every run, of refused files too, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from assay_glue.document import JobDocument
from assay_glue.scores import Score
from assay_glue.source import Source

SCORE = "dimension string, passed bigint, total bigint, score double, threshold double, is_met boolean"


def record_scores(spark: SparkSession, document: JobDocument, source: Source, scores: Mapping[str, Score]) -> None:
    """Appends a row a dimension, once a run."""
    table = document.quality_table
    if not spark.table(table).where(source.rows & (F.col("_run_id") == source.run_id)).isEmpty():
        return
    rows = [
        (name, score.passed, score.total, float(score.value), float(score.threshold), score.is_met)
        for name, score in scores.items()
    ]
    spark.createDataFrame(rows, SCORE).coalesce(1).select(
        "*",
        F.lit(source.ingestion_date).cast("date").alias("ingestion_date"),
        F.lit(source.key).alias("_source_key"),
        F.lit(source.version).alias("_source_version"),
        F.lit(document.version).alias("_contract_version"),
        F.lit(source.run_id).alias("_run_id"),
        F.current_timestamp().alias("_scored_at"),
    ).writeTo(table).append()
