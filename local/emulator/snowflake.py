"""How the emulator reaches the laptop's Snowflake host."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Snowflake:
    port: int
    token: str

    def start(self, args: Sequence[str], environment: Mapping[str, str]) -> str:
        """Starts dbt with these arguments, with or without the word ``dbt`` before them; the run's identifier."""
        words = list(args[1:] if args[:1] == ["dbt"] else args)
        run: str = self._ask("POST", "/dbt", {"args": words, "environment": dict(environment)})["run"]
        return run

    def follow(self, run: str, every: float) -> Iterator[tuple[list[str], int | None]]:
        """What it says as it says it; the exit code with the last of it."""
        said = 0
        while True:
            found = self._ask("GET", f"/dbt/{run}?from={said}")
            said += len(found["lines"])
            yield found["lines"], found["exitCode"]
            if found["exitCode"] is not None:
                return
            time.sleep(every)

    def stop(self, run: str) -> None:
        self._ask("POST", f"/dbt/{run}/stop")

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
