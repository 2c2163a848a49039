"""Each invariant ends a refresh that breaks it, and nothing of that refresh is committed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from breakers import BREAKERS, Breaker
from psycopg import Connection
from staging import Load, Row, deleted, empty, put, row
from star_schema import ROOT, execute, refresh, rows, transaction, warehouse_sql

CHECKS = [file.stem for file in sorted((ROOT / "sql" / "redshift" / "checks").glob("*.sql"))]
CALLS = {f"call core.refresh_{model}()": model for model in warehouse_sql().order}
LEDGERS = ["core.refresh_ledger", "core.refresh_change", "core.refreshed_load"]
C1, P1 = "C00000001", "P000001"

HISTORY: dict[str, list[Row]] = {
    "customers": [row("customers", customer_id=C1, changed_at=datetime(2024, n, 1), city=f"City {n}") for n in (1, 2, 3)],
    "products": [row("products", product_id=P1, changed_at=datetime(2024, n, 1), brand=f"Brand {n}") for n in (1, 2, 3)],
}
# The latest states go, to which facts point, and members without facts come.
NEWS: dict[str, list[Row]] = {
    "customers": [
        deleted("customers", customer_id=C1, changed_at=datetime(2024, 3, 1)),
        *(row("customers", customer_id=one) for one in ("C00000002", "C00000003")),
    ],
    "products": [
        deleted("products", product_id=P1, changed_at=datetime(2024, 3, 1)),
        *(row("products", product_id=one) for one in ("P000002", "P000003")),
    ],
}


def facts(number: int, city: str) -> dict[str, list[Row]]:
    """Of an own day, at which the third state held."""
    day = date(2024, 3, 10 + number)
    order, moment = f"O00000000{number}", datetime(2024, 3, 10 + number, 9)
    line = {"order_id": order, "product_id": P1, "ordered_at": moment}
    return {
        "orders": [row("orders", order_id=order, customer_id=C1, ship_city=city)],
        "order_items": [
            row("order_items", **line, line_number=1),
            row("order_items", **line, line_number=2, line_amount=Decimal("0.00")),
        ],
        "web_events": [row("web_events", event_id=f"E{number}", occurred_at=moment, customer_id=C1, product_id=P1)],
        "inventory": [row("inventory", product_id=P1, snapshot_date=day)],
    }


@pytest.fixture(scope="module")
def pending(created: Connection) -> Connection:
    """Refreshed once, then loaded with news of everything; a refresh that fails leaves it so."""
    empty(created)
    for sequence, loads in enumerate([{**HISTORY, **facts(1, "Sydney")}, {**NEWS, **facts(2, "Perth")}]):
        if sequence > 0:
            refresh(created)
        for dataset, changed in loads.items():
            put(created, Load(dataset, sequence, changed))
    return created


def broken_refresh(connection: Connection, breaker: Breaker) -> None:
    connection.execute("discard temp")
    with transaction(connection):
        for statement in warehouse_sql().refresh:
            execute(connection, statement, THIS="broken")
            if CALLS.get(statement) == breaker.after:
                assert connection.execute(breaker.sql.encode()).rowcount > 0


def state(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    tables = [*(model["table"] for model in warehouse_sql().models.values()), *LEDGERS]
    return {table: sorted(rows(connection, f"select * from {table}"), key=repr) for table in tables}


def test_each_check_is_broken_by_something() -> None:
    assert sorted({breaker.check for breaker in BREAKERS}) == CHECKS


@pytest.mark.parametrize("breaker", BREAKERS, ids=lambda breaker: breaker.check)
def test_an_invariant_that_does_not_hold_ends_the_refresh(pending: Connection, breaker: Breaker) -> None:
    before = state(pending)
    with pytest.raises(
        psycopg.errors.RaiseException, match=rf"^invariant {breaker.check} does not hold: \d+ found, such as \S"
    ):
        broken_refresh(pending, breaker)
    assert state(pending) == before


def test_nothing_else_ends_it(pending: Connection) -> None:
    """At last, since it takes in what the others found."""
    refresh(pending)
    assert rows(pending, "select count(*) from core.fact_sales") == [(4,)]
