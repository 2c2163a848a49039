"""The project's own command line, which knows where the laptop and the stages are; nothing else is asked."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]


class AssayFailed(Exception):
    """What the command said is wrong, and what to do."""


class Assay:
    def __init__(self, stage: str) -> None:
        self.stage = stage

    def ask(self, *words: str) -> Any:
        """The document that a command prints."""
        command = ["node", "bin/assay.js", *words, "--json", "--stage", self.stage]
        ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise AssayFailed(ended.stderr.strip() or f"assay {words[0]} ended with {ended.returncode} and said nothing")
        return json.loads(ended.stdout)

    def query(self, store: str, sql: str) -> list[dict[str, Any]]:
        """Rows with their columns' names; numbers that no float holds, and dates, are text."""
        answer = self.ask("query", store, sql)
        return [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
