"""A judged file as numbers: rows, scores, the rules that failed most, and some bad rows to look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from assay_glue.document import JobDocument, Reference
from assay_glue.errors import TerminalError
from assay_glue.scores import FailedRule, Score, below

SAMPLES = 5
# They lower a score and set no row aside.
ACCEPTED = ("unique", "reference")
SAMPLE_LENGTH = 200
LETTER, DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")


@dataclass(frozen=True)
class Assessment:
    """``refused`` rows broke the contract; ``has_duplicates`` says that some clean rows share a key."""

    read: int
    refused: int
    has_duplicates: bool
    scores: dict[str, Score]
    failed_rules: tuple[FailedRule, ...]


def resolve(spark: SparkSession, judged: DataFrame, references: Sequence[Reference]) -> DataFrame:
    """Adds ``_unresolved``: the columns whose value is no current key of the dataset that it refers to."""
    unresolved: list[Column] = []
    for number, reference in enumerate(references):
        mark = f"_resolved_{number}"
        keys = _keys_of(spark, reference).select(F.col(reference.key).alias(reference.column), F.lit(True).alias(mark))
        judged = judged.join(keys.distinct(), reference.column, "left")
        is_missing = F.col(reference.column).isNotNull() & F.col(mark).isNull()
        unresolved.append(F.when(is_missing, F.lit(reference.column)))
    missing = F.filter(F.array(*unresolved), lambda name: name.isNotNull()) if unresolved else F.array().cast("array<string>")
    return judged.withColumn("_unresolved", missing).drop(*[f"_resolved_{number}" for number in range(len(references))])


def _keys_of(spark: SparkSession, reference: Reference) -> DataFrame:
    table = f"silver.{reference.dataset}_by_file"
    if not spark.catalog.tableExists(f"lake.{table}"):
        # Of a dataset that has never been loaded no key is known.
        return spark.createDataFrame([], f"{reference.key} string")
    return spark.table(table).where("_is_current")


def assess(judged: DataFrame, document: JobDocument) -> Assessment:
    """One aggregation over the file. Raises the reader's error when the file could not be read to its end."""
    totals = _totals(judged, document.primary_key)
    if totals["unreadable"] is not None:
        name, cause = totals["unreadable"].split(": ", 1)
        raise TerminalError(name, cause)
    read = totals["rows"]
    required = sum(column.required for column in document.columns)
    fractions = {
        "completeness": (totals["filled"], read * required),
        "validity": (totals["well_formed"], totals["ruled"]),
        "accuracy": (totals["accurate"], read),
        "consistency": (totals["consistent"], read),
    }
    scores = {name: Score(passed, of, document.thresholds[name]) for name, (passed, of) in fractions.items()}
    refused = read - totals["clean"]
    is_perfect = refused == 0 and all(score.is_met for score in scores.values())
    failed = () if is_perfect else _failed_rules(judged, document, totals["not_unique"])
    too_low = below(scores)
    # First those to be mended before the file is taken.
    failed = tuple(sorted(failed, key=lambda rule: (too_low.isdisjoint(rule.dimensions), -rule.rows)))
    return Assessment(read, refused, totals["repeated_keys"] > 0, scores, failed)


def _totals(judged: DataFrame, primary_key: Sequence[str]) -> dict[str, Any]:
    """Sums over the rows of each key, then over the keys: what is unique is known without another look at the rows."""
    has_key = reduce(and_, [F.col(name).isNotNull() for name in primary_key])
    by_key = judged.groupBy(*primary_key).agg(
        F.count("_row_number").alias("rows"),
        F.count_if(F.size("_reasons") == 0).alias("clean"),
        F.count_if(F.size("_unresolved") == 0).alias("resolved"),
        F.count_if("_accurate").alias("accurate"),
        *[F.sum(f"_{name}").alias(name) for name in ("filled", "ruled", "well_formed")],
        F.max("_unreadable").alias("unreadable"),
    )
    is_repeated = has_key & (F.col("rows") > 1)
    totals = by_key.agg(
        *[F.sum(name).alias(name) for name in ("rows", "clean", "accurate", "filled", "ruled", "well_formed")],
        F.sum(F.when(has_key & (F.col("rows") == 1), F.col("resolved"))).alias("consistent"),
        F.sum(F.when(is_repeated, F.col("rows"))).alias("not_unique"),
        F.count_if(has_key & (F.col("clean") > 1)).alias("repeated_keys"),
        F.max("unreadable").alias("unreadable"),
    ).first()
    assert totals is not None  # an aggregation without groups has one row
    return {name: value if name == "unreadable" else value or 0 for name, value in totals.asDict().items()}


def _failed_rules(judged: DataFrame, document: JobDocument, not_unique: int) -> tuple[FailedRule, ...]:
    reasons = judged.select(F.explode("_reasons").alias("reason")).select("reason.rule", "reason.column")
    unresolved = judged.select(F.lit("reference").alias("rule"), F.explode("_unresolved").alias("column"))
    counted = reasons.union(unresolved).groupBy("rule", "column").count()
    found = [(row["rule"], row["column"], row["count"]) for row in counted.orderBy("column", "rule").collect()]
    if not_unique:
        found.append(("unique", ", ".join(document.primary_key), not_unique))
    return tuple(FailedRule(rule, column, rows, _dimensions(document, rule, column)) for rule, column, rows in found)


def _dimensions(document: JobDocument, rule: str, column: str | None) -> tuple[str, ...]:
    """The scores that a row which broke the rule lowers, by the definitions of ``scores``."""
    if column is None:
        return ("completeness", "accuracy", "consistency")
    if rule == "required":
        return ("completeness", "consistency") if column in document.primary_key else ("completeness",)
    if rule in ACCEPTED:
        return ("consistency",)
    return ("accuracy",) if rule in {each.name for each in document.business_rules} else ("validity",)


def sample_rows(judged: DataFrame, document: JobDocument, found: Assessment) -> list[dict[str, object]]:
    """Some rows that lowered a score which is too low, or, without one, were set aside; in the order of their lines.

    Each with its line, the rules and its shape: letters stand as x and digits as 9, so that no value is told.
    """
    too_low = below(found.scores)
    lowering = [rule for rule in found.failed_rules if not too_low.isdisjoint(rule.dimensions)]
    rules = lowering if too_low else [rule for rule in found.failed_rules if rule.rule not in ACCEPTED]
    if not rules:
        return []
    broken = judged.withColumn("_broken", F.array_compact(F.array(*[_breaks(rule, document) for rule in rules])))
    bad = broken.where(F.size("_broken") > 0).orderBy("_row_number").limit(SAMPLES)
    cells = F.concat_ws(
        document.dialect.delimiter, *[F.coalesce(F.col(each.name).cast("string"), F.lit("")) for each in document.columns]
    )
    rows = bad.select("_line_number", "_broken", F.coalesce("_raw", cells).alias("text")).collect()
    return [{"line": row["_line_number"], "text": f"{', '.join(row['_broken'])}: {_shape(row['text'])}"} for row in rows]


def _breaks(rule: FailedRule, document: JobDocument) -> Column:
    """What a sample says of the rule, where the row broke it; else null."""
    if rule.rule == "unique":
        key = [F.col(name) for name in document.primary_key]
        is_broken = F.count("*").over(Window.partitionBy(*key)) > 1
        is_broken = reduce(and_, [part.isNotNull() for part in key], is_broken)
    elif rule.rule == "reference":
        is_broken = F.array_contains("_unresolved", rule.column)
    else:
        is_broken = F.exists(
            "_reasons", lambda reason: (reason.rule == rule.rule) & reason.column.eqNullSafe(F.lit(rule.column))
        )
    return F.when(is_broken, F.lit(f"{rule.column} {rule.rule}" if rule.column else rule.rule))


def _shape(text: str) -> str:
    return DIGIT.sub("9", LETTER.sub("x", text))[:SAMPLE_LENGTH]
