"""A PostgreSQL with the warehouse in it, created once for all tests of its SQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg import Connection
from running_postgres import PASSWORD, RunningPostgres
from staging import empty
from star_schema import ROOT, connect, create


@pytest.fixture(scope="session")
def created() -> Iterator[Connection]:
    postgres = RunningPostgres(ROOT)
    postgres.start()
    with connect(postgres.port, PASSWORD) as connection:
        create(connection)
        yield connection
    postgres.stop()


@pytest.fixture
def warehouse(created: Connection) -> Connection:
    """Without a row; properties empty it again for each of their examples."""
    empty(created)
    return created
