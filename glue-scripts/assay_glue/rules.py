"""The contract's rules as Spark columns: text cells in, typed values and the reasons for refusal out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from assay_glue.csv_source import REASON
from assay_glue.document import Column

DECIMAL = re.compile(r"decimal\((\d+),\s*(\d+)\)", re.IGNORECASE)
ISO_FORMATS = {"date": "yyyy-MM-dd", "timestamp": "yyyy-MM-dd'T'HH:mm:ssX"}
INTEGERS = ("tinyint", "smallint", "int", "integer", "bigint")


def judge(rows: DataFrame, columns: Sequence[Column]) -> DataFrame:
    """Every row with its columns typed and ``_reasons``: an empty array for a row that keeps the contract.

    A row with defects of form is judged by these alone, since its cells cannot be trusted. ``_raw`` is kept for
    refused rows only, which is where it is needed and keeps the rest narrow.
    """
    cleaned = rows.select(
        "_row_number", "_line_number", "_raw", "_defects", "_unreadable", *[_cleaned(column) for column in columns]
    )
    broken = [reason for column in columns for reason in broken_rules(column)]
    found = F.filter(F.array(*broken), lambda reason: reason.isNotNull())
    has_defects = F.size("_defects") > 0
    judged = cleaned.withColumn("_reasons", F.when(has_defects, F.col("_defects")).otherwise(found))
    return judged.select(
        "_row_number",
        "_line_number",
        F.when(F.size("_reasons") > 0, F.col("_raw")).alias("_raw"),
        "_reasons",
        "_unreadable",
        *[typed(column).alias(column.name) for column in columns],
    )


def broken_rules(column: Column) -> list[SparkColumn]:
    """One expression a rule of the column: a reason where the cell breaks it, else null."""
    cell, value = F.col(column.name), typed(column)
    reasons = [_reason("type" if column.format is None else "format", column, cell.isNotNull() & value.isNull())]
    if column.required:
        reasons.append(_reason("required", column, cell.isNull()))
    limits: Mapping[str, Callable[[Any], SparkColumn]] = {
        "minimum": lambda limit: value < F.lit(limit).cast(column.type),
        "exclusiveMinimum": lambda limit: value <= F.lit(limit).cast(column.type),
        "maximum": lambda limit: value > F.lit(limit).cast(column.type),
        "exclusiveMaximum": lambda limit: value >= F.lit(limit).cast(column.type),
        "minLength": lambda limit: F.char_length(cell) < limit,
        "maxLength": lambda limit: F.char_length(cell) > limit,
        "pattern": lambda pattern: ~cell.rlike(rf"\A(?:{pattern})\z"),
        "enum": lambda allowed: ~cell.isin(*allowed),
    }
    for rule, limit in column.rules.items():
        reasons.append(_reason(rule, column, limits[rule](limit)))
    return reasons


def typed(column: Column) -> SparkColumn:
    """The cell's exact value, or null where it has none: nothing is rounded, guessed or cut."""
    cell, type_name, format = F.col(column.name), column.type.lower(), column.format or ISO_FORMATS.get(column.type, "")
    if type_name == "string":
        return cell
    if type_name in INTEGERS:
        return F.when(cell.rlike(r"\A[+-]?[0-9]+\z"), cell.cast(type_name))
    decimal = DECIMAL.fullmatch(type_name)
    if decimal:
        scale = int(decimal[2])
        fraction = rf"(\.[0-9]{{1,{scale}}})?" if scale else ""
        return F.when(cell.rlike(rf"\A[+-]?[0-9]+{fraction}\z"), cell.cast(type_name))
    if type_name == "boolean":
        return F.when(cell.isin("true", "false"), cell.cast("boolean"))
    if type_name == "date":
        return F.to_date(cell, format)
    if type_name == "timestamp":
        return F.to_timestamp(cell, format)
    raise ValueError(f"column {column.name}: no reading is known for type {column.type}")


def _cleaned(column: Column) -> SparkColumn:
    cell = F.col(column.name)
    return (F.lower(cell) if "lowercase" in column.cleanings else cell).alias(column.name)


def _reason(rule: str, column: Column, breaks: SparkColumn) -> SparkColumn:
    reason = F.struct(F.lit(rule).alias("rule"), F.lit(column.name).alias("column"), F.col(column.name).alias("value"))
    return F.when(breaks, reason.cast(REASON))
