"""How the emulator reaches the Spark host."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spark_host import wire


class QueryFailed(Exception):
    """Spark's own words about a query."""


@dataclass(frozen=True)
class Spark:
    """Ports and token of the Spark host, and the laptop's folder."""

    runs: int
    queries: int
    token: str
    folder: Path

    def run(self, request: wire.Message, timeout: float) -> str | None:
        """Runs a script to its end; the text of its error, or None. TimeoutError after ``timeout`` seconds."""
        answer = wire.ask(self.runs, self.token, {**request, "operation": "run"}, timeout)
        error: str | None = answer["error"]
        return error

    def stop(self, run_id: str) -> None:
        wire.ask(self.runs, self.token, {"operation": "stop", "run_id": run_id}, timeout=10)

    def query(self, sql: str) -> wire.Message:
        """Columns, types and rows of a Spark SQL query."""
        answer = wire.ask(self.queries, self.token, {"sql": sql})
        if "error" in answer:
            raise QueryFailed(answer["error"])
        return answer
