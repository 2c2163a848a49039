"""A fact that comes before its customer or product has a member, which what comes later makes whole or takes away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from psycopg import Connection
from staging import Load, Row, deleted, put, row
from star_schema import refresh, rows

Refresh = Callable[..., None]
C1, C2 = "C00000001", "C00000002"
P1, P2 = "P000001", "P000002"
LINE = {"order_id": "O1", "line_number": 1}
SNAPSHOT = {"snapshot_date": row("inventory")["snapshot_date"], "product_id": P1, "warehouse_code": "SYD"}


@pytest.fixture
def load(warehouse: Connection) -> Refresh:
    """Loads rows by dataset, then refreshes."""
    sequences = count(1)

    def load(**datasets: Row) -> None:
        for dataset, one in datasets.items():
            put(warehouse, Load(dataset, next(sequences), [one]))
        refresh(warehouse)

    return load


def customers(connection: Connection) -> list[tuple[Any, ...]]:
    return rows(
        connection, "select customer_id, is_inferred from core.dim_customer where customer_key <> -1 order by 1, valid_from"
    )


def products(connection: Connection) -> list[tuple[Any, ...]]:
    return rows(
        connection, "select product_id, is_inferred from core.dim_product where product_key <> -1 order by 1, valid_from"
    )


def keys(connection: Connection, dimension: str) -> list[tuple[Any, ...]]:
    """Of all facts that have one."""
    column = f"{dimension}_key"
    found = [
        f"select '{table}', {column} from core.{table} where {column} <> -1"
        for table in ("fact_sales", "fact_web_events", "fact_inventory")
        if (table, dimension) != ("fact_inventory", "customer")
    ]
    return rows(connection, f"{' union all '.join(found)} order by 1, 2")


CUSTOMER_FACTS: list[dict[str, Row]] = [
    {"orders": row("orders", order_id="O1", customer_id=C1), "order_items": row("order_items", **LINE)},
    {"web_events": row("web_events", event_id="E1", customer_id=C1)},
]
PRODUCT_FACTS: list[dict[str, Row]] = [
    {"order_items": row("order_items", **LINE, product_id=P1)},
    {"web_events": row("web_events", event_id="E1", product_id=P1)},
    {"inventory": row("inventory", **SNAPSHOT)},
]


def first_of(facts: dict[str, Row]) -> str:
    return next(iter(facts))


@pytest.mark.parametrize("facts", CUSTOMER_FACTS, ids=first_of)
def test_a_customer_who_comes_later_keeps_the_key(warehouse: Connection, load: Refresh, facts: dict[str, Row]) -> None:
    load(**facts)
    assert customers(warehouse) == [(C1, True)]
    before = keys(warehouse, "customer")
    assert len(before) == 1
    load(customers=row("customers", customer_id=C1))
    assert customers(warehouse) == [(C1, False)]
    assert keys(warehouse, "customer") == before
    load(customers=deleted("customers", customer_id=C1))
    assert customers(warehouse) == [(C1, True)]
    assert keys(warehouse, "customer") == before


@pytest.mark.parametrize("facts", PRODUCT_FACTS, ids=first_of)
def test_a_product_that_comes_later_keeps_the_key(warehouse: Connection, load: Refresh, facts: dict[str, Row]) -> None:
    load(**facts)
    assert products(warehouse) == [(P1, True)]
    before = keys(warehouse, "product")
    assert len(before) == 1
    load(products=row("products", product_id=P1))
    assert products(warehouse) == [(P1, False)]
    assert keys(warehouse, "product") == before
    load(products=deleted("products", product_id=P1))
    assert products(warehouse) == [(P1, True)]
    assert keys(warehouse, "product") == before


POINTED: dict[str, str] = {
    "sales": "order_id, {} from core.fact_sales",
    "events": "event_id, {} from core.fact_web_events",
    "stock": "cast(date_key as varchar), {} from core.fact_inventory",
}


def pointed(connection: Connection, dimension: str, attribute: str) -> dict[str, str]:
    """Of all facts that point to one, an attribute of what they point to."""
    facts = [
        f"select {each.format(attribute)} join core.dim_{dimension} using ({dimension}_key)"
        for name, each in POINTED.items()
        if (name, dimension) != ("stock", "customer")
    ]
    return dict(rows(connection, " union all ".join(facts)))


def test_facts_move_to_the_state_of_their_time(warehouse: Connection, load: Refresh) -> None:
    """When a second state comes: those of before it stay."""
    load(customers=row("customers", customer_id=C1), products=row("products", product_id=P1))
    for n, moment in enumerate([datetime(2024, 2, 29, 23), datetime(2024, 3, 1)]):
        load(
            orders=row("orders", order_id=f"O{n}", customer_id=C1),
            order_items=row("order_items", order_id=f"O{n}", product_id=P1, ordered_at=moment),
            web_events=row("web_events", event_id=f"E{n}", occurred_at=moment, customer_id=C1, product_id=P1),
            inventory=row("inventory", product_id=P1, snapshot_date=moment.date()),
        )
    second = {"changed_at": datetime(2024, 3, 1)}
    load(customers=row("customers", customer_id=C1, **second, city="Perth"))
    assert pointed(warehouse, "customer", "dim_customer.city") == {
        **{"O0": "Sydney", "E0": "Sydney"},
        **{"O1": "Perth", "E1": "Perth"},
    }
    load(products=row("products", product_id=P1, **second, category="books"))
    assert pointed(warehouse, "product", "category") == {
        **{"O0": "home", "E0": "home", "2024-02-29": "home"},
        **{"O1": "books", "E1": "books", "2024-03-01": "books"},
    }


@pytest.mark.parametrize("has_visited", [False, True])
@pytest.mark.parametrize(
    "last",
    [
        {"orders": row("orders", order_id="O1", customer_id=C2)},
        {"orders": deleted("orders", order_id="O1")},
        {"order_items": deleted("order_items", **LINE)},
    ],
    ids=["corrected", "order deleted", "line deleted"],
)
def test_a_customer_who_never_came_goes_with_the_last_fact(
    warehouse: Connection, load: Refresh, last: dict[str, Row], has_visited: bool
) -> None:
    load(**CUSTOMER_FACTS[0])
    if has_visited:
        load(**CUSTOMER_FACTS[1])
    load(**last)
    assert ((C1, True) in customers(warehouse)) == has_visited
    load(web_events=deleted("web_events", event_id="E1"))
    assert (C1, True) not in customers(warehouse)


@pytest.mark.parametrize("has_others", [False, True])
@pytest.mark.parametrize(
    "facts, last",
    [
        (PRODUCT_FACTS[0], {"order_items": row("order_items", **LINE, product_id=P2)}),
        (PRODUCT_FACTS[0], {"order_items": deleted("order_items", **LINE)}),
        (PRODUCT_FACTS[1], {"web_events": row("web_events", event_id="E1", product_id=None)}),
        (PRODUCT_FACTS[1], {"web_events": deleted("web_events", event_id="E1")}),
        (PRODUCT_FACTS[2], {"inventory": deleted("inventory", **SNAPSHOT)}),
    ],
    ids=["line corrected", "line deleted", "event corrected", "event deleted", "snapshot deleted"],
)
def test_a_product_that_never_came_goes_with_its_last_fact(
    warehouse: Connection, load: Refresh, facts: dict[str, Row], last: dict[str, Row], has_others: bool
) -> None:
    others = [each for each in PRODUCT_FACTS if each is not facts]
    load(**facts)
    if has_others:
        load(**others[0], **others[1])
    load(**last)
    assert ((P1, True) in products(warehouse)) == has_others
    # Each of the two is enough.
    keys_of: dict[str, Row] = {"order_items": LINE, "web_events": {"event_id": "E1"}, "inventory": SNAPSHOT}
    first, second = [{dataset: deleted(dataset, **keys_of[dataset])} for dataset in map(first_of, others)]
    load(**first)
    assert ((P1, True) in products(warehouse)) == has_others
    load(**second)
    assert (P1, True) not in products(warehouse)


def test_an_order_without_lines_is_no_fact(warehouse: Connection, load: Refresh) -> None:
    """Its customer would come with it, and go with the next fact of theirs that goes."""
    load(orders=row("orders", order_id="O1", customer_id=C1))
    assert customers(warehouse) == []
    load(order_items=row("order_items", **LINE))
    assert customers(warehouse) == [(C1, True)]
