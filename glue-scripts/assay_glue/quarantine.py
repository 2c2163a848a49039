"""Refused rows, kept with their raw text, place and every reason."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.source import Source


def quarantine(spark: SparkSession, table: str, judged: DataFrame, source: Source, contract_version: str) -> None:
    """Appends the rows of ``judged`` that have reasons; a repeated run replaces what it wrote before."""
    earlier = (F.col("_run_id") == source.run_id) & source.rows
    if not spark.table(table).where(earlier).isEmpty():
        spark.sql(f"delete from {table} where {source.rows_sql} and _run_id = '{source.run_id}'")
    refused = judged.where(F.size("_reasons") > 0)
    refused.select(
        "_raw",
        "_row_number",
        "_line_number",
        F.col("_reasons").alias("reasons"),
        F.lit(source.ingestion_date).cast("date").alias("ingestion_date"),
        F.lit(source.key).alias("_source_key"),
        F.lit(source.version).alias("_source_version"),
        F.lit(contract_version).alias("_contract_version"),
        F.lit(source.run_id).alias("_run_id"),
        F.current_timestamp().alias("_quarantined_at"),
    ).writeTo(table).append()
