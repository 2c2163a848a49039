"""What surrounds a job's work: its arguments, its session, its document."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from pyspark.sql import SparkSession

from assay_glue.document import JobDocument, parse_document
from assay_glue.evolve import evolve
from assay_glue.source import Source

SOURCE_ARGUMENTS = ("run_id", "dataset", "outcome", "source_key", "source_version", "source_modified_at", "ingestion_date")


def parse_arguments(argv: Sequence[str], names: Sequence[str]) -> argparse.Namespace:
    """The named arguments of a Glue run about a file, and those that all such runs have."""
    return named_arguments(argv, ["job_document", *SOURCE_ARGUMENTS, *names])


def named_arguments(argv: Sequence[str], names: Sequence[str]) -> argparse.Namespace:
    """The named arguments of a Glue run; the others that Glue passes are left alone."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in dict.fromkeys(names):
        parser.add_argument(f"--{name}", required=True)
    return parser.parse_known_args(argv[1:])[0]


def source_of(arguments: argparse.Namespace) -> Source:
    return Source(
        run_id=arguments.run_id,
        key=arguments.source_key,
        version=arguments.source_version,
        modified_at=arguments.source_modified_at,
        ingestion_date=arguments.ingestion_date,
        dataset=arguments.dataset,
        is_release=arguments.outcome == "release",
    )


def start_session(app_name: str) -> SparkSession:
    """The session, with what correctness depends on set whatever the cluster's defaults are, and one thing about speed."""
    return (
        SparkSession.builder.appName(app_name)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")  # a value that does not cast is a named reason, not a failed job
        .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")  # 31 February is no date
        # Dates before 1582, moments before 1900 are written and read as the calendar of SQL and of the warehouses has them.
        .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
        .config("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED")
        # A file's rows are kept for a minute or two: to compress them took longer than everything done with them.
        .config("spark.sql.inMemoryColumnarStorage.compressed", "false")
        .getOrCreate()
    )


def load_document(spark: SparkSession, uri: str) -> JobDocument:
    """The dataset's job document, from wherever Spark can read."""
    rows = spark.read.text(uri, wholetext=True).collect()
    return parse_document(rows[0][0])


def create_tables(spark: SparkSession, document: JobDocument) -> None:
    """Creates the dataset's tables that do not exist yet and brings those from before to what the contract says now."""
    existing = {
        f"{row.namespace}.{row.tableName}"
        for database in sorted({name.split(".")[0] for name in document.ddl})
        for row in spark.sql(f"show tables in {database}").collect()
    }
    evolve(spark, {name: columns for name, columns in document.tables.items() if name in existing}, document.version)
    for name, statement in document.ddl.items():
        if name not in existing:
            spark.sql(statement)
