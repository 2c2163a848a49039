"""Write, audit, publish: a file's rows reach readers whole, checked and marked with their source, or not at all."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.counts import RowCounts
from assay_glue.current import settle
from assay_glue.errors import TerminalError, TransientError
from assay_glue.source import IDENTITY, Source

PUBLISH_ATTEMPTS = 20
COUNT_PROPERTIES = {name: f"assay.rows-{name}" for name in ("read", "published", "quarantined", "deduplicated")}


def published_counts(spark: SparkSession, table: str, source: Source) -> RowCounts | None:
    """What the marker on the table's main branch says of this source, or None when it is not published.

    The last commit that names the source's key decides: an older version of the file that a newer one replaced is
    not published any more.
    """
    summary = F.col("summary")
    commits = (
        spark.table(f"{table}.snapshots")
        .join(spark.table(f"{table}.history").where("is_current_ancestor").select("snapshot_id"), "snapshot_id")
        .where(summary["assay.source-key"] == source.key)
        .orderBy(F.col("committed_at").desc())
        .select(summary["assay.source"].alias("source"), *[summary[p].alias(n) for n, p in COUNT_PROPERTIES.items()])
    )
    last = commits.first()
    if last is None or last["source"] != source.marker:
        return None
    return RowCounts(**{name: int(last[name]) for name in COUNT_PROPERTIES})


def publish(
    spark: SparkSession, table: str, primary_key: Sequence[str], rows: DataFrame, source: Source, counts: RowCounts
) -> None:
    """Replaces what earlier versions of the file brought by ``rows``, in one step for readers.

    The rows go to a branch of their own, are counted there, and main is moved to the branch's end. When another
    file was published meanwhile, main is no ancestor of the branch: the branch is made anew upon it. Raises
    RowsDoNotBalance when the branch does not hold the rows expected, PublishContended when others always win.
    """
    branch = f"audit_{source.run_id}"
    branched = f"{table}.branch_{branch}"
    for attempt in range(PUBLISH_ATTEMPTS):
        spark.sql(f"alter table {table} create or replace branch {branch}")
        _write(spark, branched, primary_key, rows, source, counts)
        _audit(spark, branched, source, counts)
        if _fast_forward(spark, table, branch):
            spark.sql(f"alter table {table} drop branch if exists {branch}")
            return
        time.sleep(random.uniform(0, 0.2 * (attempt + 1)))
    raise TransientError("PublishContended", f"{table}: other files were published {PUBLISH_ATTEMPTS} times meanwhile")


def _write(
    spark: SparkSession, branched: str, primary_key: Sequence[str], rows: DataFrame, source: Source, counts: RowCounts
) -> None:
    there = spark.table(branched)
    earlier = there.where(source.rows)
    removed = None if earlier.isEmpty() else earlier
    settled = settle(rows, removed, there.where(~source.rows), primary_key)
    if settled.flips is not None:
        _flip(spark, branched, settled.flips.localCheckpoint(), source.run_id)
    if removed is not None:
        spark.sql(f"delete from {branched} where {source.rows_sql}")
    writer = settled.rows.writeTo(branched)
    for name, value in _marker(source, counts).items():
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


def _marker(source: Source, counts: RowCounts) -> Mapping[str, str]:
    numbers = {COUNT_PROPERTIES[name]: str(number) for name, number in counts.as_dict().items()}
    return {
        "assay.source": source.marker,
        "assay.source-key": source.key,
        "assay.run": source.run_id,
        **numbers,
    }


def _audit(spark: SparkSession, branched: str, source: Source, counts: RowCounts) -> None:
    written = spark.table(branched).where(source.rows).count()
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
