"""Silver to gold: the models' rows for the keys that this file touched."""

from __future__ import annotations

import sys
from functools import partial

from pyspark.sql import SparkSession

from assay_glue.document import JobDocument
from assay_glue.gold import history_table, refresh_model, touched_keys
from assay_glue.job import load_document, parse_arguments, source_of, start_session
from assay_glue.lineage import LINEAGE_ARGUMENTS, lineage_of
from assay_glue.source import Source
from assay_glue.work import touched_keys_path


def load_gold(spark: SparkSession, document: JobDocument, source: Source, work_path: str) -> dict[str, int]:
    """Refreshes every model and leaves the touched keys in the work area for the loads that follow.

    Returns the number of rows that differed, by model.
    """
    changed: dict[str, int] = {}
    for model in document.models:
        place = touched_keys_path(work_path, source.run_id, model.name)
        touched_keys(spark, document, model, source).write.mode("overwrite").parquet(place)
        changed[model.name] = refresh_model(spark, document, model, spark.read.parquet(place), source)
    return changed


def main() -> None:
    arguments = parse_arguments(sys.argv, ["work_path", *LINEAGE_ARGUMENTS])
    with lineage_of("silver-to-gold", arguments) as lineage:
        spark = start_session("silver-to-gold")
        document = load_document(spark, arguments.job_document)
        changed = load_gold(spark, document, source_of(arguments), arguments.work_path)
        for model in document.models:
            lineage.writes(lineage.table(history_table(model)), partial(spark.sql, model.sql), changed[model.name])


if __name__ == "__main__":
    main()
