"""Silver to gold: the models' rows for the keys that this file touched."""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

from assay_glue.document import JobDocument
from assay_glue.gold import refresh_model, touched_keys
from assay_glue.job import load_document, parse_arguments, source_of, start_session
from assay_glue.source import Source
from assay_glue.work import touched_keys_path


def load_gold(spark: SparkSession, document: JobDocument, source: Source, work_path: str) -> None:
    """Refreshes every model and leaves the touched keys in the work area for the loads that follow."""
    for model in document.models:
        place = touched_keys_path(work_path, source.run_id, model.name)
        touched_keys(spark, document, model, source).write.mode("overwrite").parquet(place)
        refresh_model(spark, document, model, spark.read.parquet(place), source)


def main() -> None:
    arguments = parse_arguments(sys.argv, ["work_path"])
    spark = start_session("silver-to-gold")
    document = load_document(spark, arguments.job_document)
    load_gold(spark, document, source_of(arguments), arguments.work_path)


if __name__ == "__main__":
    main()
