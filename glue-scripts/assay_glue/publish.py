"""Write, audit, publish: a file's rows reach readers whole, checked and marked with their source, or not at all."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace

from pyspark.sql import DataFrame, SparkSession

from assay_glue.counts import RowCounts
from assay_glue.current import settle
from assay_glue.errors import TerminalError, TransientError
from assay_glue.markers import is_superseded, marker_of
from assay_glue.source import IDENTITY, Source

PUBLISH_ATTEMPTS = 20


def publish(
    spark: SparkSession, table: str, primary_key: Sequence[str], rows: DataFrame, source: Source, counts: RowCounts
) -> RowCounts:
    """Replaces what earlier versions of the file brought by ``rows``, in one step for readers, and says what it did.

    The rows go to a branch of their own, are counted there, and main is moved to the branch's end. When another
    file was published meanwhile, main is no ancestor of the branch: the branch is made anew upon it. Where a later
    version of the file is there already, nothing is published. Raises RowsDoNotBalance when the branch does not hold
    the rows expected, PublishContended when others always win.
    """
    branch = f"audit_{source.run_id}"
    branched = f"{table}.branch_{branch}"
    for attempt in range(PUBLISH_ATTEMPTS):
        spark.sql(f"alter table {table} create or replace branch {branch}")
        superseded = is_superseded(spark, table, source)
        arriving, outcome = _not_there_yet(spark, branched, rows, source, counts)
        if not superseded:
            _write(spark, branched, primary_key, arriving, source, outcome)
            _audit(spark, branched, source, outcome)
        if superseded or _fast_forward(spark, table, branch):
            spark.sql(f"alter table {table} drop branch if exists {branch}")
            return counts.superseded() if superseded else outcome
        time.sleep(random.uniform(0, 0.2 * (attempt + 1)))
    raise TransientError("PublishContended", f"{table}: other files were published {PUBLISH_ATTEMPTS} times meanwhile")


def _not_there_yet(
    spark: SparkSession, branched: str, rows: DataFrame, source: Source, counts: RowCounts
) -> tuple[DataFrame, RowCounts]:
    """Of a release the rows that no other release brought meanwhile; of a file all."""
    if not source.is_release:
        return rows, counts
    there = spark.table(branched).where(source.same_version).select("_row_number")
    arriving = rows.join(there, "_row_number", "left_anti").select(*rows.columns).localCheckpoint()
    published = arriving.count()
    repeated = counts.published - published
    return arriving, replace(counts, published=published, deduplicated=counts.deduplicated + repeated)


def _write(
    spark: SparkSession, branched: str, primary_key: Sequence[str], rows: DataFrame, source: Source, counts: RowCounts
) -> None:
    there = spark.table(branched)
    earlier = there.where(source.replaced_sql)
    removed = None if source.is_release or earlier.isEmpty() else earlier
    settled = settle(rows, removed, there.where(f"not ({source.replaced_sql})"), primary_key)
    if settled.flips is not None:
        _flip(spark, branched, settled.flips.localCheckpoint(), source.run_id)
    if removed is not None:
        spark.sql(f"delete from {branched} where {source.replaced_sql}")
    writer = settled.rows.writeTo(branched)
    for name, value in marker_of(source, counts).items():
        writer = writer.option(f"snapshot-property.{name}", value)
    writer.append()


def _flip(spark: SparkSession, branched: str, flips: DataFrame, run_id: str) -> None:
    flips.createOrReplaceTempView("flips")
    same_row = " and ".join(f"target.{name} = flips.{name}" for name in IDENTITY)
    # The run that last changed a row is named in it: that is how the gold step finds what this run touched.
    spark.sql(
        f"merge into {branched} as target using flips on {same_row} "
        f"when matched then update set _is_current = flips._is_current, _run_id = '{run_id}'"
    )


def _audit(spark: SparkSession, branched: str, source: Source, counts: RowCounts) -> None:
    ours = f"_released_by = '{source.run_id}'" if source.is_release else source.rows_sql
    written = spark.table(branched).where(ours).count()
    if written != counts.published:
        raise TerminalError(
            "RowsDoNotBalance",
            f"{written} rows are on the branch where {counts.published} were to be published; nothing was published",
        )


def _fast_forward(spark: SparkSession, table: str, branch: str) -> bool:
    try:
        spark.sql(f"call lake.system.fast_forward('{table}', 'main', '{branch}')").collect()
    except Exception as error:  # Spark wraps Iceberg's refusals in several classes; the text alone tells them apart
        if _lost_the_race(str(error)):
            return False
        raise
    return True


def _lost_the_race(message: str) -> bool:
    return any(sign in message for sign in ("not an ancestor", "CommitFailedException", "was updated concurrently"))
