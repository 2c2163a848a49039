"""Reasons are counted by rows; a row counts once, whatever it broke."""

from __future__ import annotations

from typing import Any

from assay_notebook.quarantine import Refused, refused_of, refused_sql, rows_by_day, rows_by_reason, rows_by_run

TYPE, RULE = ("type", "amount"), ("wide", "")


def row(run: str, day: str, broken: str, count: str) -> dict[str, Any]:
    return {"_run_id": run, "day": day, "broken_rules": broken, "row_count": count}


REFUSED = [
    Refused("a", "2025-01-02", frozenset({TYPE}), 2),
    Refused("a", "2025-01-02", frozenset({TYPE, RULE}), 1),
    Refused("b", "2025-01-01", frozenset({RULE}), 4),
]


def test_reasons_are_told_apart() -> None:
    rows = [
        row("a", "2025-01-02", "type\x1famount", "2"),
        row("a", "2025-01-02", "type\x1famount\x1ewide\x1f\x1etype\x1famount", "1"),
        row("b", "2025-01-01", "wide\x1f", "4"),
    ]
    assert refused_of(rows) == REFUSED


def test_rules_with_their_columns_the_most_broken_first() -> None:
    assert rows_by_reason(REFUSED) == [("wide", "", 5), ("type", "amount", 3)]


def test_a_row_counts_once_in_its_run() -> None:
    assert rows_by_run(REFUSED) == {"a": 3, "b": 4}


def test_days_in_order() -> None:
    assert list(rows_by_day(REFUSED).items()) == [("2025-01-01", {"wide": 4}), ("2025-01-02", {"amount: type": 3, "wide": 1})]


def test_no_value_is_asked_for() -> None:
    sql = refused_sql("purchases")
    assert ".value" not in sql
    assert "_raw" not in sql
