"""Rows of the datasets, and loads that bring them into staging by the statements of the real one."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from psycopg import Connection
from star_schema import execute, rows, transaction, warehouse_sql

Row = dict[str, Any]

DEFAULTS: dict[str, Row] = {
    "customers": {
        "changed_at": datetime(2024, 1, 1),
        "first_name": "Ann",
        "last_name": "Lee",
        "email": "ann@lee.au",
        "birth_date": date(1990, 1, 1),
        "gender": "female",
        "segment": "consumer",
        "loyalty_tier": "gold",
        "street": "High St 1",
        "city": "Sydney",
        "state": "NSW",
        "postal_code": "2000",
        "country": "AU",
        "accepts_marketing": True,
        "registered_on": date(2020, 1, 1),
    },
    "products": {
        "changed_at": datetime(2024, 1, 1),
        "product_name": "Kettle",
        "category": "home",
        "subcategory": "kitchen",
        "brand": "Acme",
        "unit_price": Decimal("12.50"),
        "unit_cost": Decimal("5.00"),
        "weight_grams": 800,
        "is_active": True,
        "launched_on": date(2020, 1, 1),
    },
    "orders": {
        "customer_id": "C00000001",
        "ordered_at": datetime(2024, 1, 15, 10),
        "status": "paid",
        "channel": "web",
        "payment_method": "card",
        "ship_city": "Sydney",
        "ship_state": "NSW",
        "ship_postal_code": "2000",
        "ship_country": "AU",
        "item_count": 1,
        "shipping_amount": Decimal("0.00"),
        "order_amount": Decimal("12.50"),
    },
    "order_items": {
        "line_number": 1,
        "product_id": "P000001",
        "ordered_at": datetime(2024, 1, 15, 10),
        "quantity": 1,
        "unit_price": Decimal("12.50"),
        "discount_amount": Decimal("0.00"),
        "line_amount": Decimal("12.50"),
    },
    "web_events": {
        "session_id": "S0000000001",
        "occurred_at": datetime(2024, 1, 15, 9),
        "event_type": "product_view",
        "customer_id": None,
        "product_id": None,
        "order_id": None,
        "device": "mobile",
        "traffic_source": "search",
        "page_path": "/p/1",
    },
    "inventory": {
        "snapshot_date": date(2024, 1, 15),
        "product_id": "P000001",
        "warehouse_code": "SYD",
        "on_hand": 10,
        "reserved": 2,
        "reorder_level": 3,
        "counted_at": None,
    },
}


def row(dataset: str, **values: Any) -> Row:
    return {**DEFAULTS[dataset], **values, "_is_deleted": False}


def deleted(dataset: str, **key: Any) -> Row:
    """As silver marks it: of the contract's columns it has those of its key only."""
    return {**{name: DEFAULTS[dataset].get(name) for name in warehouse_sql().keys[dataset]}, **key, "_is_deleted": True}


def key_of(dataset: str, one: Row) -> tuple[Any, ...]:
    return tuple(one[name] for name in warehouse_sql().keys[dataset])


@dataclass(frozen=True)
class Load:
    """What a run read from the silver snapshot of this sequence number."""

    dataset: str
    sequence: int
    rows: Sequence[Row]

    @property
    def run_id(self) -> str:
        return hashlib.sha256(f"{self.dataset} {self.sequence}".encode()).hexdigest()


def put(connection: Connection, load: Load) -> None:
    """One transaction, of the statements of a load; only the files that COPY reads are not there."""
    with transaction(connection):
        for statement in warehouse_sql().loads[load.dataset]:
            if statement.startswith("copy "):
                _copy(connection, load)
            else:
                execute(connection, statement, THIS=load.run_id)


def newest(loads: Iterable[Load], dataset: str) -> list[Row]:
    """What staging must know in the end, less what is deleted: of each key the row of the latest snapshot."""
    by_key = {
        key_of(dataset, one): one
        for load in sorted(loads, key=lambda load: load.sequence)
        if load.dataset == dataset
        for one in load.rows
    }
    return [one for one in by_key.values() if not one["_is_deleted"]]


def empty(connection: Connection) -> None:
    connection.execute("; ".join(f"delete from {table}" for table in _tables(connection)).encode())


@functools.lru_cache(maxsize=1)
def _tables(connection: Connection) -> list[str]:
    schemas = "('raw', 'staging', 'core', 'marts')"
    found = rows(connection, f"select table_schema, table_name from information_schema.tables where table_schema in {schemas}")
    return [f"{schema}.{name}" for schema, name in found]


def _copy(connection: Connection, load: Load) -> None:
    ours = {"_run_id": load.run_id, "_silver_sequence": load.sequence}
    for one in load.rows:
        values = {**one, **ours}
        places = ", ".join(["%s"] * len(values))
        connection.execute(
            f"insert into raw.{load.dataset} ({', '.join(values)}) values ({places})".encode(), list(values.values())
        )
