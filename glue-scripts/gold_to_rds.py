"""Gold to RDS: the current rows of the keys this file touched, appended to the staging tables."""

from __future__ import annotations

import sys

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.document import JobDocument, Model
from assay_glue.gold import history_table
from assay_glue.job import load_document, parse_arguments, source_of, start_session
from assay_glue.lineage import LINEAGE_ARGUMENTS, lineage_of
from assay_glue.rds import append_to, connection_of
from assay_glue.silver import snapshot_of
from assay_glue.work import touched_keys_path


def staging_rows(spark: SparkSession, document: JobDocument, model: Model, keys: DataFrame, run_id: str) -> DataFrame:
    """A row per key: the current one of gold, or with ``is_deleted`` a key that gold has no row for any more."""
    # Taken before gold is read: a key without a row may have got one since, and must not then be deleted.
    sequence = snapshot_of(spark, document.rows_table).sequence_number
    history = spark.table(history_table(model)).join(keys, list(model.key), "left_semi")
    history.createOrReplaceTempView("history")
    current = spark.sql(document.views[f"gold.{model.name}"].replace(history_table(model), "history"))
    rows = keys.join(current, list(model.key), "left")
    return rows.select(
        *model.columns,
        F.current_timestamp().alias("load_date"),
        F.lit(run_id).alias("run_id"),
        F.coalesce("_silver_sequence", F.lit(sequence)).alias("silver_sequence"),
        F.col("_silver_sequence").isNull().alias("is_deleted"),
    )


def main() -> None:
    arguments = parse_arguments(sys.argv, ["work_path", "database_secret_arn", *LINEAGE_ARGUMENTS])
    with lineage_of("gold-to-rds", arguments) as lineage:
        spark = start_session("gold-to-rds")
        document = load_document(spark, arguments.job_document)
        connection = connection_of(arguments.database_secret_arn)
        run_id = source_of(arguments).run_id
        for model in document.models:
            keys = spark.read.parquet(touched_keys_path(arguments.work_path, run_id, model.name))
            rows = staging_rows(spark, document, model, keys, run_id)
            append_to(f"{model.name}_staging", rows, connection)
            lineage.writes(lineage.postgres(connection, f"{model.name}_staging"), rows)


if __name__ == "__main__":
    main()
