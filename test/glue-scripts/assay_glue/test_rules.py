"""Every kind of rule against a value at its limit and one just beyond."""

from __future__ import annotations

from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import types as T

from assay_glue.csv_source import PLACE
from assay_glue.document import Column
from assay_glue.rules import judge


def broken(spark: SparkSession, column: Column, cell: str | None) -> list[str]:
    """The names of the rules that the cell breaks."""
    schema = T.StructType([*PLACE, T.StructField(column.name, T.StringType())])
    [row] = judge(spark.createDataFrame([(1, 2, "", [], None, cell)], schema), [column]).collect()
    return [reason.rule for reason in row._reasons]


@pytest.mark.parametrize(
    ("type_name", "rule", "limit", "good", "bad"),
    [
        ("decimal(18,2)", "minimum", "0.01", "0.01", "0.00"),
        ("decimal(18,2)", "exclusiveMinimum", "0", "0.01", "0.00"),
        # As a double the limit would swallow the cent.
        ("decimal(18,2)", "maximum", "999999999999999", "999999999999999.00", "999999999999999.01"),
        ("int", "exclusiveMaximum", "10", "9", "10"),
        ("string", "minLength", 2, "ab", "a"),
        ("string", "maxLength", 2, "äö", "äöü"),
        ("string", "pattern", "[A-Z]{2}|x", "AU", "xx"),
        ("string", "enum", ["NSW", "VIC"], "VIC", "vic"),
    ],
)
def test_a_limit_holds_exactly(spark: SparkSession, type_name: str, rule: str, limit: Any, good: str, bad: str) -> None:
    column = Column("cell", type_name, False, None, (), {rule: limit})
    assert broken(spark, column, good) == []
    assert broken(spark, column, bad) == [rule]
    assert broken(spark, column, None) == []
