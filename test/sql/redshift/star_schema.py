"""The warehouse's own SQL, as the migration and a refresh run it, on a PostgreSQL of the laptop's."""

from __future__ import annotations

import functools
import json
import subprocess
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.redshift_dialect import to_postgres
from emulator.warehouse import Warehouse
from psycopg import Connection

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class WarehouseSql:
    create: Sequence[str]
    loads: dict[str, list[str]]
    keys: dict[str, list[str]]
    refresh: Sequence[str]
    full: Sequence[str]
    order: Sequence[str]
    reads: dict[str, list[str]]
    checks: dict[str, str]
    models: dict[str, dict[str, str]]


@functools.cache
def warehouse_sql() -> WarehouseSql:
    """As the functions have it, bundled as they are."""
    bundle = subprocess.run(
        ["npx", "esbuild", "test/sql/redshift/print-warehouse.ts", "--bundle", "--platform=node", "--loader:.sql=text"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    printed = subprocess.run(["node", "-"], cwd=ROOT, input=bundle.stdout, capture_output=True, check=True)
    return WarehouseSql(**json.loads(printed.stdout))


def connect(port: int, password: str) -> Connection:
    return Warehouse(port, password).connect()


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """As the Data API runs a batch."""
    connection.execute("begin isolation level repeatable read")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def execute(connection: Connection, statement: str, **placeholders: str) -> None:
    """A statement of Redshift's, which is translated with its placeholders, once."""
    for translated in _translated(statement):
        for name, value in placeholders.items():
            translated = translated.replace(name, value)
        connection.execute(translated.encode())


@functools.lru_cache(maxsize=512)
def _translated(statement: str) -> list[str]:
    return to_postgres(statement)


def create(connection: Connection) -> None:
    for statement in warehouse_sql().create:
        execute(connection, statement)


def refresh(connection: Connection, *, full: bool = False) -> str:
    """Its id. A session's temporary tables are those of one refresh, as every call of the Data API has a session of its own."""
    identifier = uuid.uuid4().hex
    connection.execute("discard temp")
    with transaction(connection):
        for statement in warehouse_sql().full if full else warehouse_sql().refresh:
            execute(connection, statement, THIS=identifier)
    return identifier


def rows(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql.encode()).fetchall()
