"""Bronze to silver: a file's rows parsed, cleaned, typed, judged, deduplicated and published at once.

rows read = rows published + rows quarantined + rows deduplicated, or nothing is published.
"""

from __future__ import annotations

import sys

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.counts import RowCounts
from assay_glue.csv_source import read_csv
from assay_glue.document import JobDocument
from assay_glue.duplicates import earlier_duplicates, without
from assay_glue.errors import TerminalError
from assay_glue.job import create_tables, load_document, parse_arguments, source_of, start_session
from assay_glue.ledger import record_counts
from assay_glue.publish import publish, published_counts
from assay_glue.quarantine import quarantine
from assay_glue.rules import judge
from assay_glue.source import Source


def load_silver(spark: SparkSession, document: JobDocument, path: str, source: Source) -> RowCounts:
    """Publishes the file at ``path`` and says what became of its rows. Run again, it finds its marker and stops."""
    done = published_counts(spark, document.rows_table, source)
    if done is not None:
        return done
    names = [column.name for column in document.columns]
    judged = judge(read_csv(spark, path, names, document.dialect), document.columns)
    judged = judged.repartition(spark.sparkContext.defaultParallelism).persist(StorageLevel.MEMORY_AND_DISK)
    try:
        read, refused = count_rows(judged)
        clean = judged.where(F.size("_reasons") == 0)
        repeated = earlier_duplicates(clean, document.primary_key).localCheckpoint()
        deduplicated = repeated.count()
        counts = RowCounts(read, read - refused - deduplicated, refused, deduplicated)
        if refused:
            quarantine(spark, document.quarantine_table, judged, source, document.version)
        rows = without(clean, repeated) if deduplicated else clean
        publish(spark, document.rows_table, document.primary_key, source.stamp(rows, names), source, counts)
    finally:
        judged.unpersist()
    return counts


def count_rows(judged: DataFrame) -> tuple[int, int]:
    """Rows read and rows refused. Raises the reader's error when the file could not be read to its end."""
    totals = judged.agg(
        F.count("_row_number").alias("read"),
        F.count_if(F.size("_reasons") > 0).alias("refused"),
        F.max("_unreadable").alias("unreadable"),
    ).first()
    assert totals is not None  # an aggregation without groups has one row
    if totals.unreadable is not None:
        name, cause = totals.unreadable.split(": ", 1)
        raise TerminalError(name, cause)
    return totals.read, totals.refused


def main() -> None:
    arguments = parse_arguments(sys.argv, ["source_path", "ledger_table"])
    spark = start_session("bronze-to-silver")
    document = load_document(spark, arguments.job_document)
    create_tables(spark, document)
    counts = load_silver(spark, document, arguments.source_path, source_of(arguments))
    counts.check()
    record_counts(arguments.ledger_table, arguments.run_id, counts)


if __name__ == "__main__":
    main()
