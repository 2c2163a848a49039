"""The four scores of every judged run, as the lake has them, and whether the ledger has the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

DIMENSIONS = ("completeness", "validity", "accuracy", "consistency")


@dataclass(frozen=True)
class Score:
    passed: int
    total: int
    threshold: float
    is_met: bool

    @property
    def value(self) -> float:
        """Where there was nothing to count it is 1, as docs/quality.md says."""
        return 1 if self.total == 0 else self.passed / self.total

    @property
    def shown(self) -> str:
        """To four digits, cut off: what is below its threshold must not look like it."""
        cut = 10_000 if self.total == 0 else self.passed * 10_000 // self.total
        return f"{cut // 10_000}.{cut % 10_000:04}"


@dataclass(frozen=True)
class JudgedRun:
    id: str
    file: str
    day: str
    scores: dict[str, Score]

    @property
    def is_refused(self) -> bool:
        return not all(score.is_met for score in self.scores.values())


def scores_sql(dataset: str) -> str:
    return f"""select _run_id, _source_key, cast(ingestion_date as varchar) as day, dimension, passed, total,
cast(threshold as varchar) as threshold, cast(is_met as varchar) as is_met
from quality.{dataset} order by ingestion_date, _scored_at, _run_id"""


def judged_runs(rows: Sequence[dict[str, Any]]) -> list[JudgedRun]:
    """In the order of the rows."""
    runs: dict[str, JudgedRun] = {}
    for row in rows:
        run = runs.setdefault(row["_run_id"], JudgedRun(row["_run_id"], row["_source_key"], row["day"], {}))
        is_met = str(row["is_met"]).lower() == "true"
        run.scores[row["dimension"]] = Score(int(row["passed"]), int(row["total"]), float(row["threshold"]), is_met)
    return list(runs.values())


def differences(lake: Sequence[JudgedRun], ledger: Sequence[dict[str, Any]]) -> list[str]:
    """Where the lake's scores are not those of `assay quality`, one line each; none when they agree."""
    ours = {run.id: run for run in lake}
    theirs = {run["id"]: run["scores"] for run in ledger}
    alone = [f"run {run}: only in the lake" for run in ours if run not in theirs]
    alone += [f"run {run}: only in the ledger" for run in theirs if run not in ours]
    both = [run for run in ours if run in theirs]
    return alone + [said for run in both for said in _of_run(ours[run], theirs[run])]


def _of_run(run: JudgedRun, theirs: dict[str, Any]) -> list[str]:
    found = []
    for dimension in DIMENSIONS:
        one, other = run.scores.get(dimension), theirs[dimension]
        expected = Score(other["passed"], other["total"], other["threshold"], other["met"])
        if one != expected:
            found.append(f"run {run.id}, {dimension}: {one} in the lake, {expected} in the ledger")
    return found
