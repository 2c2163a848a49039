"""Bronze to silver: a file's rows parsed, cleaned, typed, judged, scored, deduplicated and published at once.

rows read = rows published + rows quarantined + rows deduplicated, or nothing is published.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue import scores
from assay_glue.assess import Assessment, assess, resolve, sample_rows
from assay_glue.bronze_file import read_rows
from assay_glue.counts import RowCounts
from assay_glue.document import Column, JobDocument
from assay_glue.duplicates import earlier_duplicates, without
from assay_glue.job import create_tables, load_document, parse_arguments, source_of, start_session
from assay_glue.ledger import LedgerItem
from assay_glue.lineage import LINEAGE_ARGUMENTS, Lineage, lineage_of
from assay_glue.markers import published_counts
from assay_glue.publish import publish
from assay_glue.quality import record_scores
from assay_glue.quarantine import check_numbers, quarantine, tidy
from assay_glue.rules import judge
from assay_glue.source import Source

SUPERSEDED = "a later version of the file was loaded before; nothing was published"
# The column of a file with released rows that says which row of the original each is.
NUMBER = Column(name="_row", type="bigint", required=True, format=None, cleanings=(), rules={})


@dataclass(frozen=True)
class Bronze:
    """Where the file is read from."""

    path: str
    version: str | None = None
    format: str = "csv"


def load_silver(
    spark: SparkSession,
    document: JobDocument,
    bronze: Bronze,
    source: Source,
    tell: Callable[[Assessment, DataFrame], None] = lambda assessment, judged: None,
) -> RowCounts:
    """Publishes the file's rows and says what became of them. Run again, it finds its marker and only tidies up.

    ``tell`` hears what was found before it is decided whether that is good enough. Raises BelowThreshold.
    """
    counts = published_counts(spark, document.rows_table, source)
    if counts is None:
        judged = read_judged(spark, document, bronze, source).persist(StorageLevel.MEMORY_AND_DISK)
        try:
            assessment = assess(judged, document)
            if source.is_release:
                # A choice of bad rows says nothing about a file's quality.
                assessment = replace(assessment, scores={})
            tell(assessment, judged)
            if source.is_release:
                check_numbers(spark, document, judged, source)
            else:
                record_scores(spark, document, source, assessment.scores)
                scores.check(assessment.scores, assessment.failed_rules)
            counts = publish_rows(spark, document, judged, assessment, source)
        finally:
            judged.unpersist()
    tidy(spark, document, source, is_in_force=not is_without_effect(counts))
    return counts


def read_judged(spark: SparkSession, document: JobDocument, bronze: Bronze, source: Source) -> DataFrame:
    """Every row of the file with its reasons and marks; a released row has the number that it has in the original."""
    columns = [NUMBER, *document.columns] if source.is_release else document.columns
    names = [column.name for column in columns]
    rows = read_rows(spark, bronze.path, names, document.dialect, bronze.version, bronze.format)
    judged = judge(rows, columns, document.business_rules)
    if source.is_release:
        judged = judged.withColumn("_row_number", F.col(NUMBER.name)).drop(NUMBER.name)
    # By key: what is asked of the rows of one key, again and again, then needs no other shuffle.
    spread = judged.repartition(spark.sparkContext.defaultParallelism, *document.primary_key)
    return resolve(spark, spread, document.references)


def publish_rows(spark: SparkSession, document: JobDocument, judged: DataFrame, found: Assessment, source: Source) -> RowCounts:
    """Clean rows to silver, refused ones to quarantine; those that an earlier release of the file brought are there."""
    rows, released = judged, 0
    if not source.is_release:
        kept = spark.table(document.rows_table).where(source.same_version & F.col("_released_by").isNotNull())
        numbers = kept.select("_row_number").localCheckpoint()
        released = numbers.count()
        rows = without(judged, numbers) if released else judged
    refused = rows.where(F.size("_reasons") > 0)
    clean = rows.where(F.size("_reasons") == 0)
    number_refused = refused.count() if released else found.refused
    number_repeated = 0
    if found.has_duplicates:
        repeated = earlier_duplicates(clean, document.primary_key).localCheckpoint()
        number_repeated = repeated.count()
        clean = without(clean, repeated)
    counts = RowCounts(found.read, found.read - number_refused - number_repeated, number_refused, number_repeated)
    if number_refused and not source.is_release:
        quarantine(spark, document, refused, source)
    stamped = source.stamp(clean, [column.name for column in document.columns])
    return publish(spark, document.rows_table, document.primary_key, stamped, source, counts)


def is_without_effect(counts: RowCounts) -> bool:
    """Whether a later version of the file was there before: all rows were left out, refused ones too."""
    return counts.read > 0 and counts.deduplicated == counts.read


def main() -> None:
    names = ["bronze_path", "bronze_version", "format", "ledger_table", "header", *LINEAGE_ARGUMENTS]
    arguments = parse_arguments(sys.argv, names)
    with lineage_of("bronze-to-silver", arguments) as lineage:
        spark = start_session("bronze-to-silver")
        document = load_document(spark, arguments.job_document)
        create_tables(spark, document)
        item, source = LedgerItem(arguments.ledger_table, arguments.run_id), source_of(arguments)
        bronze = Bronze(arguments.bronze_path, arguments.bronze_version, arguments.format)

        def tell(found: Assessment, judged: DataFrame) -> None:
            samples = sample_rows(judged, document, found)
            item.record_assessment(found, samples, json.loads(arguments.header))
            tell_lineage(lineage, document, bronze, source, found, judged)

        counts = load_silver(spark, document, bronze, source, tell)
        counts.check()
        item.record_counts(counts, SUPERSEDED if is_without_effect(counts) else None)
        lineage.writes(lineage.table(document.rows_table), row_count=counts.published)
        lineage.writes(lineage.table(document.quarantine_table), row_count=counts.quarantined)


def tell_lineage(
    lineage: Lineage, document: JobDocument, bronze: Bronze, source: Source, found: Assessment, judged: DataFrame
) -> None:
    """Which file the rows come from, column by column, and how good it is; before the gate, so that a refusal has it too."""
    columns = [column.name for column in document.columns]
    file = lineage.file(bronze.path, columns, bronze.version)
    lineage.reads(file, found.read, found.scores)
    clean = judged.where(F.size("_reasons") == 0)
    lineage.writes(lineage.table(document.rows_table), lambda: source.stamp(clean, columns), file=file)


if __name__ == "__main__":
    main()
