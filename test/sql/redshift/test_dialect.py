"""Nothing that only PostgreSQL knows is in a statement for Redshift, be it a file's or one made of a contract."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from emulator.redshift_dialect_check import faults
from star_schema import warehouse_sql

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


def test_what_creates_and_refreshes_the_warehouse_is_redshift_s() -> None:
    """Procedures are made of files that are looked at one by one, too, but here with what stands around them."""
    made = warehouse_sql()
    statements = [*made.create, *made.refresh, *made.full]
    assert sum(statement.startswith("create or replace procedure") for statement in statements) > len(made.models)
    assert {statement: faults(statement) for statement in statements if faults(statement)} == {}


def test_a_fault_in_a_procedure_is_found() -> None:
    ddl = next(statement for statement in warehouse_sql().create if "procedure core.refresh_fact_sales()" in statement)
    fault = "create temp table latest as select distinct on (order_id) order_id from core.fact_sales;"
    assert faults(ddl.replace("begin\n", f"begin\n{fault}\n", 1)) != []
