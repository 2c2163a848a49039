"""One row per primary key within a file: the later row wins, the earlier ones are counted."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def earlier_duplicates(rows: DataFrame, primary_key: Sequence[str]) -> DataFrame:
    """``_row_number`` of every row whose key occurs again further down. Few or none, as a rule."""
    places = rows.groupBy(*primary_key).agg(F.array_sort(F.collect_list("_row_number")).alias("places"))
    repeated = places.where(F.size("places") > 1)
    return repeated.select(F.explode(F.expr("slice(places, 1, size(places) - 1)")).alias("_row_number"))


def without(rows: DataFrame, row_numbers: DataFrame) -> DataFrame:
    """The rows but those numbered."""
    return rows.join(F.broadcast(row_numbers), "_row_number", "left_anti")
