"""The tests' end of dbt_process.py."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
PYTHON = os.environ.get("ASSAY_SNOWFLAKE_PYTHON", str(ROOT / ".assay" / "snowflake-venv" / "bin" / "python"))

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Result:
    """What dbt tells of one model or test; `rows` that a statement changed, `failures` that a test found."""

    name: str
    status: str
    rows: int | None
    failures: int | None
    message: str | None


@dataclass(frozen=True)
class Outcome:
    success: bool
    results: dict[str, Result]
    error: str


class SnowflakeProcess:
    def __init__(self, target: Path) -> None:
        script = str(Path(__file__).with_name("dbt_process.py"))
        self._process = subprocess.Popen(
            [PYTHON, "-W", "ignore", script, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        reply: dict[str, Any] = json.loads(self._process.stdout.readline() or '{"error": "the process ended"}')
        return reply

    def rows(self, sql: str) -> list[Row]:
        """Values as JSON has them: decimals, dates and times as text."""
        reply = self.ask({"sql": sql})
        assert "rows" in reply, f"{sql}: {reply['error']}"
        return [tuple(row) for row in reply["rows"]]

    def dbt(self, *words: str) -> Outcome:
        reply = self.ask({"dbt": list(words)})
        results = {each["name"]: Result(**each) for each in reply.get("results", [])}
        return Outcome(bool(reply.get("success")), results, reply["error"])

    def run(self, *words: str) -> dict[str, Result]:
        """`dbt run`, that must succeed."""
        return self._must_succeed("run", *words)

    def build(self, *words: str) -> dict[str, Result]:
        """`dbt build`: the models and their tests, that must succeed; a warning is a success."""
        return self._must_succeed("build", *words)

    def _must_succeed(self, *words: Any) -> dict[str, Result]:
        outcome = self.dbt(*words)
        bad = [result for result in outcome.results.values() if result.status in ("error", "fail", "skipped")]
        assert outcome.success, f"{words}: {outcome.error} {bad}"
        return outcome.results
