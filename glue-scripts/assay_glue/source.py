"""The file version that a run is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

# What identifies a row of silver: the file version it came with and its place there.
IDENTITY = ("_source_key", "_source_version", "_row_number")


@dataclass(frozen=True)
class Source:
    """One version of one inbox object, and the run that loads it. Dates are ISO, times ISO in UTC.

    Of a release the rows are some of that version's, brought back from quarantine.
    """

    run_id: str
    key: str
    version: str
    modified_at: str
    ingestion_date: str
    dataset: str
    is_release: bool = False

    @property
    def marker(self) -> str:
        """What a commit carries to say whose rows it brought: the value of ``assay.source``."""
        return f"{self.key}@{self.version}"

    @property
    def rows(self) -> Column:
        """Condition: the rows that any version of this file brought."""
        return (F.col("ingestion_date") == F.lit(self.ingestion_date).cast("date")) & (F.col("_source_key") == F.lit(self.key))

    @property
    def replaced_sql(self) -> str:
        """Condition: the rows that this run's rows take the place of. Rows released from the same version stay."""
        if self.is_release:
            return "false"
        return f"{self.rows_sql} and (_source_version <> {literal(self.version)} or _released_by is null)"

    @property
    def rows_sql(self) -> str:
        """The condition ``rows`` as SQL."""
        return f"ingestion_date = date {literal(self.ingestion_date)} and _source_key = {literal(self.key)}"

    @property
    def same_version_sql(self) -> str:
        """The condition ``same_version`` as SQL."""
        return f"{self.rows_sql} and _source_version = {literal(self.version)}"

    @property
    def older_sql(self) -> str:
        """Condition: the rows that earlier versions of this file brought."""
        ours = f"timestamp {literal(self.modified_at)}"
        same_time = f"_source_modified_at = {ours} and _source_version < {literal(self.version)}"
        return f"({self.rows_sql} and (_source_modified_at < {ours} or ({same_time})))"

    @property
    def same_version(self) -> Column:
        """Condition: the rows that this version of the file brought."""
        return self.rows & (F.col("_source_version") == self.version)

    def stamp(self, rows: DataFrame, columns: Sequence[str]) -> DataFrame:
        """The columns, and beside them where each row comes from. Columns that left the contract are null."""
        stamped = rows.select(
            *columns,
            F.lit(self.ingestion_date).cast("date").alias("ingestion_date"),
            F.lit(self.key).alias("_source_key"),
            F.lit(self.version).alias("_source_version"),
            F.lit(self.modified_at).cast("timestamp").alias("_source_modified_at"),
            "_row_number",
            F.lit(self.run_id).alias("_run_id"),
            F.lit(self.run_id if self.is_release else None).cast("string").alias("_released_by"),
        )
        # Spark refuses an append that lacks a column of the table, even one that may be null.
        there = rows.sparkSession.table(f"silver.{self.dataset}_by_file").drop(*stamped.columns, "_is_current").schema
        return stamped.select("*", *[F.lit(None).cast(field.dataType).alias(field.name) for field in there])


def literal(text: str) -> str:
    """A Spark SQL string literal; a key may hold any character."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
