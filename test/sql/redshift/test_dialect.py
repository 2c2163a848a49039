"""Nothing that only PostgreSQL knows is in a statement for Redshift, be it a file's or one made of a contract."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from emulator.redshift_dialect_check import faults

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "sql" / "redshift").rglob("*.sql"))


def test_there_are_files() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_redshift_s(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


def test_what_is_made_of_contracts_is_redshift_s() -> None:
    command = ["node", "--import", "tsx", "test/sql/redshift/print-statements.ts"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    statements = json.loads(printed.stdout)
    assert len(statements) > 50
    assert {statement: faults(statement) for statement in statements if faults(statement)} == {}
