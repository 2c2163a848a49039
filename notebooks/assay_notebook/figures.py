"""The notebook's figures as one document, for whoever compares them: a test does, with the command line's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assay_notebook.profile import Profile
from assay_notebook.quarantine import Refused, rows_by_reason, rows_by_run
from assay_notebook.scores import JudgedRun, Score


def figures(profiles: Sequence[Profile], runs: Sequence[JudgedRun], refused: Sequence[Refused]) -> dict[str, Any]:
    return {
        "columns": [profile.document() for profile in profiles],
        "runs": [{"id": run.id, "file": run.file, "scores": _scores(run.scores)} for run in runs],
        "quarantine": {
            "runs": rows_by_run(refused),
            "reasons": [{"rule": rule, "column": column, "rows": rows} for rule, column, rows in rows_by_reason(refused)],
        },
    }


def _scores(scores: dict[str, Score]) -> dict[str, Any]:
    return {
        name: {
            "score": score.value,
            "passed": score.passed,
            "total": score.total,
            "threshold": score.threshold,
            "met": score.is_met,
        }
        for name, score in scores.items()
    }


def write_figures(path: str, document: dict[str, Any]) -> None:
    Path(path).write_text(f"{json.dumps(document, indent=2)}\n")
