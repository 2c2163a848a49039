"""Silver to changes: the rows that this file changed, once, as Parquet in the work area, for every warehouse to copy."""

from __future__ import annotations

import sys

from pyspark.sql import DataFrame

from assay_glue.changes import changed_rows
from assay_glue.job import load_document, parse_arguments, source_of, start_session
from assay_glue.lineage import LINEAGE_ARGUMENTS, lineage_of
from assay_glue.work import changes_path


def write_changes(rows: DataFrame, place: str) -> None:
    """The rows and nothing from an earlier try; a file with the columns where there are none: what names the files relies on
    one. A warehouse's COPY knows Parquet's own timestamps, not the 96 bits that Spark writes of itself."""
    rows.sparkSession.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    rows.write.mode("overwrite").parquet(place)


def main() -> None:
    arguments = parse_arguments(sys.argv, ["work_path", "changes_folder", *LINEAGE_ARGUMENTS])
    with lineage_of("silver-to-changes", arguments) as lineage:
        spark = start_session("silver-to-changes")
        document = load_document(spark, arguments.job_document)
        source = source_of(arguments)
        rows = changed_rows(spark, document, source)
        place = changes_path(arguments.work_path, arguments.changes_folder)
        write_changes(rows, place)
        lineage.writes(lineage.file(place, rows.columns), rows)


if __name__ == "__main__":
    main()
