"""The contract's rules as Spark columns: text cells in, typed values, reasons for refusal and marks for the scores out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add, or_
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from assay_glue.document import BusinessRule, Column
from assay_glue.moments import date_of, timestamp_of
from assay_glue.row_batches import REASON

DECIMAL = re.compile(r"decimal\((\d+),\s*(\d+)\)", re.IGNORECASE)
# Both always have a format.
MOMENTS = {"date": date_of, "timestamp": timestamp_of}
INTEGERS = ("tinyint", "smallint", "int", "integer", "bigint")
PLACE = ("_row_number", "_line_number", "_raw", "_defects", "_unreadable")

Broken = tuple[str, SparkColumn]


def judge(rows: DataFrame, columns: Sequence[Column], business_rules: Sequence[BusinessRule] = ()) -> DataFrame:
    """Every row with its columns typed and ``_reasons``: an empty array for a row that keeps the contract.

    A row with defects of form is judged by these alone, since its cells cannot be trusted. ``_raw`` is kept for
    refused rows only, which is where it is needed and keeps the rest narrow. For the scores each row says how many
    of its required cells are ``_filled``, how many cells have a rule (``_ruled``) and how many of these are
    ``_well_formed``, and whether it is ``_accurate``: readable, with no business rule false.
    """
    cells = rows.select(*PLACE, *[_cleaned(column).alias(_cell_name(column)) for column in columns])
    typed_rows = cells.select("*", *[typed(column).alias(column.name) for column in columns])
    by_column = {column.name: broken_rules(column) for column in columns}
    has_defects = F.size("_defects") > 0
    reasons = F.when(has_defects, F.col("_defects")).otherwise(_reasons(columns, by_column, business_rules))
    judged = typed_rows.withColumn("_reasons", reasons)
    return judged.select(
        "_row_number",
        "_line_number",
        F.when(F.size("_reasons") > 0, F.col("_raw")).alias("_raw"),
        "_reasons",
        "_unreadable",
        *[column.name for column in columns],
        _count([_cell(column).isNotNull() for column in columns if column.required]).alias("_filled"),
        _count([_cell(column).isNotNull() for column in columns if by_column[column.name]]).alias("_ruled"),
        _count([_keeps(column, by_column[column.name]) for column in columns if by_column[column.name]]).alias("_well_formed"),
        (~has_defects & ~_any([_is_false(rule) for rule in business_rules])).alias("_accurate"),
    )


def _reasons(
    columns: Sequence[Column], by_column: Mapping[str, Sequence[Broken]], rules: Sequence[BusinessRule]
) -> SparkColumn:
    """Every reason to refuse the row, in the columns' order. Most rows have none: for these no array is built and searched."""
    conditional = [(breaks, _reason(rule, column)) for column in columns for rule, breaks in by_column[column.name]]
    conditional += [(_cell(column).isNull(), _reason("required", column)) for column in columns if column.required]
    conditional += [(_is_false(rule), _business_reason(rule, columns)) for rule in rules]
    each = F.array(*[F.when(breaks, reason) for breaks, reason in conditional])
    found = F.filter(each, lambda reason: reason.isNotNull())
    return F.when(_any([breaks for breaks, _ in conditional]), found).otherwise(
        F.array().cast(f"array<{REASON.simpleString()}>")
    )


def broken_rules(column: Column) -> list[Broken]:
    """The rules of the column's form, each with the condition that breaks it; none has a say about an empty cell."""
    cell, value = _cell(column), F.col(column.name)
    broken: list[Broken] = []
    if column.type.lower() != "string":
        broken.append(("type" if column.format is None else "format", cell.isNotNull() & value.isNull()))
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
    return broken + [(rule, F.coalesce(limits[rule](limit), F.lit(False))) for rule, limit in column.rules.items()]


def typed(column: Column) -> SparkColumn:
    """The cell's exact value, or null where it has none: nothing is rounded, guessed or cut."""
    cell, type_name = _cell(column), column.type.lower()
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
    if type_name in MOMENTS and column.format is not None:
        return MOMENTS[type_name](cell, column.format)
    raise ValueError(f"column {column.name}: no reading is known for type {column.type}")


def _cell_name(column: Column) -> str:
    return f"_cell_{column.name}"


def _cell(column: Column) -> SparkColumn:
    """The column's cell as cleaned text."""
    return F.col(_cell_name(column))


def _cleaned(column: Column) -> SparkColumn:
    cell = F.col(column.name)
    return F.lower(cell) if "lowercase" in column.cleanings else cell


def _reason(rule: str, column: Column) -> SparkColumn:
    reason = F.struct(F.lit(rule).alias("rule"), F.lit(column.name).alias("column"), _cell(column).alias("value"))
    return reason.cast(REASON)


def _business_reason(rule: BusinessRule, columns: Sequence[Column]) -> SparkColumn:
    named = [column for column in columns if re.search(rf"\b{column.name}\b", rule.expression)]
    values = F.concat_ws(", ", *[F.coalesce(_cell(column), F.lit("")) for column in named])
    names = F.lit(", ".join(column.name for column in named))
    return F.struct(F.lit(rule.name).alias("rule"), names.alias("column"), values.alias("value")).cast(REASON)


def _is_false(rule: BusinessRule) -> SparkColumn:
    """As with CHECK in SQL, a condition that is unknown is not broken; the empty cell is another rule's."""
    return F.coalesce(~F.expr(rule.expression), F.lit(False))


def _keeps(column: Column, broken: Sequence[Broken]) -> SparkColumn:
    return _cell(column).isNotNull() & ~_any([breaks for _, breaks in broken])


def _any(conditions: Sequence[SparkColumn]) -> SparkColumn:
    return reduce(or_, conditions, F.lit(False))


def _count(conditions: Sequence[SparkColumn]) -> SparkColumn:
    return reduce(add, [condition.cast("int") for condition in conditions], F.lit(0))
