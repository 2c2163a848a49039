"""Refused rows, kept with their raw text, place and every reason, until a release brings them back."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.document import JobDocument
from assay_glue.errors import TerminalError
from assay_glue.source import Source, literal

SHOWN = 5


def quarantine(spark: SparkSession, document: JobDocument, refused: DataFrame, source: Source) -> None:
    """Adds the refused rows, each once for its place in its file version, however many runs find it."""
    table = document.quarantine_table
    rows = refused.select(
        "_raw",
        "_row_number",
        "_line_number",
        F.col("_reasons").alias("reasons"),
        F.lit(source.ingestion_date).cast("date").alias("ingestion_date"),
        F.lit(source.key).alias("_source_key"),
        F.lit(source.version).alias("_source_version"),
        F.lit(source.modified_at).cast("timestamp").alias("_source_modified_at"),
        F.lit(document.version).alias("_contract_version"),
        F.lit(source.run_id).alias("_run_id"),
        F.current_timestamp().alias("_quarantined_at"),
        F.lit(None).cast("string").alias("_released_by"),
    )
    if spark.table(table).where(source.same_version).isEmpty():
        rows.writeTo(table).append()
        return
    rows.createOrReplaceTempView("refused")
    spark.sql(
        f"merge into {table} as target using refused on {_same_row(source, 'refused')} "
        "when matched and target._released_by is null then update set * when not matched then insert *"
    )


def tidy(spark: SparkSession, document: JobDocument, source: Source, is_in_force: bool) -> None:
    """After the publish: what the tables do not stand for any more leaves quarantine, what came back is marked."""
    if source.is_release:
        _mark_released(spark, document, source)
    elif is_in_force:
        # What other runs left there is asked first: as a rule nothing, and then silver need not be searched.
        others = source.rows & (F.col("_run_id") != source.run_id)
        if not spark.table(document.quarantine_table).where(others).isEmpty():
            _delete(spark, document.quarantine_table, f"{source.older_sql} or {_accepted_sql(document, source)}")
    else:
        _delete(spark, document.quarantine_table, f"{source.rows_sql} and _run_id = {literal(source.run_id)}")


def check_numbers(spark: SparkSession, document: JobDocument, rows: DataFrame, source: Source) -> None:
    """Raises UnknownRow when a row to release has a number that no refused row of the file has."""
    known = spark.table(document.quarantine_table).where(source.same_version).select("_row_number")
    numbered = rows.where(F.col("_row_number").isNotNull()).select("_row_number")
    unknown = numbered.join(known, "_row_number", "left_anti").orderBy("_row_number").limit(SHOWN).collect()
    if unknown:
        numbers = ", ".join(str(row["_row_number"]) for row in unknown)
        raise TerminalError("UnknownRow", f"no row {numbers} of {source.key} is in quarantine; nothing was released")


def _mark_released(spark: SparkSession, document: JobDocument, source: Source) -> None:
    released = spark.table(document.rows_table).where(source.same_version & (F.col("_released_by") == source.run_id))
    released.select("_row_number").createOrReplaceTempView("released")
    spark.sql(
        f"merge into {document.quarantine_table} as target using released on {_same_row(source, 'released')} "
        f"when matched and target._released_by is null then update set _released_by = {literal(source.run_id)}"
    )


def _same_row(source: Source, view: str) -> str:
    version = f"target._source_key = {literal(source.key)} and target._source_version = {literal(source.version)}"
    date = f"target.ingestion_date = date {literal(source.ingestion_date)}"
    return f"{date} and {version} and target._row_number = {view}._row_number"


def _accepted_sql(document: JobDocument, source: Source) -> str:
    """Condition: rows of this version that were refused before and are in silver now, not by a release."""
    accepted = f"select _row_number from {document.rows_table} where {source.same_version_sql} and _released_by is null"
    return f"({source.same_version_sql} and _released_by is null and _row_number in ({accepted}))"


def _delete(spark: SparkSession, table: str, condition: str) -> None:
    # A delete that finds nothing would be a commit all the same.
    if not spark.table(table).where(condition).isEmpty():
        spark.sql(f"delete from {table} where {condition}")
