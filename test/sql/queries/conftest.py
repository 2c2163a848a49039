"""A warehouse that is filled by loads and refreshes, and asked by the analysts' queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from emulator.redshift_dialect import to_postgres
from psycopg import Connection
from running_postgres import PASSWORD, RunningPostgres
from staging import Load, Row, empty, put
from star_schema import ROOT, connect, create, refresh, rows

Fill = Callable[..., None]
Answer = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def created() -> Iterator[Connection]:
    postgres = RunningPostgres(ROOT)
    postgres.start()
    with connect(postgres.port, PASSWORD) as connection:
        create(connection)
        yield connection
    postgres.stop()


@pytest.fixture
def ask(created: Connection) -> Callable[..., Answer]:
    """The answer of a query by the name of its file, over a warehouse without a row until it is filled."""
    empty(created)

    def ask(name: str, **parameters: str) -> Answer:
        text = (ROOT / "sql" / "queries" / f"{name}.sql").read_text(encoding="utf-8")
        (statement,) = to_postgres(text, parameters)
        return rows(created, statement)

    return ask


@pytest.fixture
def fill(created: Connection) -> Fill:
    """Loads what was sold and rows of datasets, then builds the star schema."""
    sequences = count(1)

    def fill(*sales: dict[str, Row], **datasets: list[Row]) -> None:
        sold = {name: [sale[name] for sale in sales if name in sale] for name in ("orders", "order_items")}
        for dataset, new in {**sold, **datasets}.items():
            put(created, Load(dataset, next(sequences), new))
        refresh(created)

    return fill
