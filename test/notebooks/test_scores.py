"""Scores of the lake, run by run, and how they are held against the ledger's."""

from __future__ import annotations

from typing import Any

import pytest

from assay_notebook.scores import DIMENSIONS, JudgedRun, Score, differences, judged_runs


def row(run: str, dimension: str, passed: str = "9", met: str = "true") -> dict[str, Any]:
    where = {"_run_id": run, "_source_key": f"{run}.csv", "day": "2025-01-01"}
    return {**where, "dimension": dimension, "passed": passed, "total": "10", "threshold": "0.9", "is_met": met}


ROWS = [row("one", dimension) for dimension in DIMENSIONS] + [
    row("two", dimension, "8", "false") if dimension == "accuracy" else row("two", dimension) for dimension in DIMENSIONS
]


def score(passed: int) -> dict[str, Any]:
    return {"score": passed / 10, "passed": passed, "total": 10, "threshold": 0.9, "met": passed == 9}


def ledger(run: str, passed: int = 9) -> dict[str, Any]:
    return {"id": run, "scores": dict.fromkeys(DIMENSIONS, score(passed))}


def test_four_rows_are_a_run() -> None:
    one, two = judged_runs(ROWS)
    assert one == JudgedRun("one", "one.csv", "2025-01-01", dict.fromkeys(DIMENSIONS, Score(9, 10, 0.9, True)))
    assert (one.is_refused, two.is_refused) == (False, True)


@pytest.mark.parametrize("passed, total, value", [(9, 10, 0.9), (0, 0, 1)])
def test_where_nothing_was_to_count_the_score_is_one(passed: int, total: int, value: float) -> None:
    assert Score(passed, total, 0.9, True).value == value


@pytest.mark.parametrize(
    "passed, total, shown", [(598, 600, "0.9966"), (0, 0, "1.0000"), (7, 7, "1.0000"), (1, 2000, "0.0005")]
)
def test_a_score_is_shown_cut_off_as_by_the_command_line(passed: int, total: int, shown: str) -> None:
    assert Score(passed, total, 0.9, True).shown == shown


def test_the_same_scores_do_not_differ() -> None:
    two = {"id": "two", "scores": {**ledger("two")["scores"], "accuracy": score(8)}}
    assert differences(judged_runs(ROWS), [two, ledger("one")]) == []


def test_every_difference_is_said() -> None:
    said = differences(judged_runs(ROWS), [ledger("one", 7), ledger("three")])
    assert said[:2] == ["run two: only in the lake", "run three: only in the ledger"]
    assert [line.split(":")[0] for line in said[2:]] == [f"run one, {dimension}" for dimension in DIMENSIONS]


def test_a_run_without_one_of_the_scores_differs() -> None:
    assert differences(judged_runs(ROWS[1:4]), [ledger("one")])[0].startswith("run one, completeness: None in the lake")
