"""Every kind of rule against a value at its limit and one just beyond."""

from __future__ import annotations

from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import types as T

from assay_glue.document import Column
from assay_glue.row_batches import PLACE
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


ISO = "yyyy-MM-dd'T'HH:mm:ssXXX"


@pytest.mark.parametrize(
    ("format", "cell", "moment"),
    [
        (ISO, "2024-02-29T23:59:59Z", "2024-02-29 23:59:59"),
        (ISO, "2024-03-01T04:00:00+10:00", "2024-02-29 18:00:00"),
        (ISO, "2024-02-29T14:00:00-18:00", "2024-03-01 08:00:00"),
        (ISO, "0001-01-01T00:00:00Z", "0001-01-01 00:00:00"),
        ("dd/MM/yyyy HH:mm:ss", "29/02/2024 00:00:01", "2024-02-29 00:00:01"),
        ("yyyy-MM-dd HH:mm:ss.SSS", "2024-02-29 00:00:01.007", "2024-02-29 00:00:01.007"),
        *[
            (ISO, cell, None)
            for cell in (
                "2024-02-30T00:00:00Z",
                "2024-02-29T24:00:00Z",
                "2024-02-29T23:59:60Z",
                "2024-02-29T23:59:59",
                "2024-02-29 23:59:59Z",
                "2024-02-29T23:59:59+18:01",
                "0001-01-01T00:00:00+10:00",
                "9999-12-31T23:59:59-10:00",
                "2024-02-29T00:00:01.007Z",
            )
        ],
    ],
)
def test_a_timestamp_is_a_moment_in_utc(spark: SparkSession, format: str, cell: str, moment: str | None) -> None:
    column = Column("cell", "timestamp", False, format, (), {})
    schema = T.StructType([*PLACE, T.StructField("cell", T.StringType())])
    judged = judge(spark.createDataFrame([(1, 2, "", [], None, cell)], schema), [column])
    [row] = judged.selectExpr("cast(cell as string) as moment", "transform(_reasons, each -> each.rule) as rules").collect()
    assert (row.moment, row.rules) == (moment, [] if moment else ["format"])
