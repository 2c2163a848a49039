"""However the loads come and whenever it is refreshed in between, the warehouse says what a single full refresh says, which
is what an oracle says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deliveries import Delivery, deliver, deliveries, examples
from history_oracle import State
from hypothesis import given
from hypothesis import strategies as st
from marts_oracle import marts
from psycopg import Connection
from shop_oracle import Shop
from staging import Load
from star_schema import refresh, rows, warehouse_sql
from worlds import worlds

# They only grow: what late corrections left in them stays until a full refresh.
GROWING = {"core.dim_geography", "core.dim_date"}

LINES = """select order_id, line_number, date_key, customer_id, c.valid_from, product_id, p.valid_from, g.city, order_status,
        quantity, amount, net_amount
    from core.fact_sales join core.dim_customer c using (customer_key) join core.dim_product p using (product_key)
        join core.dim_geography g using (geography_key) join core.dim_date using (date_key) order by 1, 2"""
EVENTS = """select event_id, date_key, customer_id, c.valid_from, product_id, p.valid_from, event_type
    from core.fact_web_events join core.dim_customer c using (customer_key) join core.dim_product p using (product_key)
        join core.dim_date using (date_key) order by 1"""
SNAPSHOTS = """select date_key, product_id, warehouse_code, p.valid_from, on_hand, available
    from core.fact_inventory join core.dim_product p using (product_key, product_id) join core.dim_date using (date_key)
    order by 1, 2, 3"""


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[Load], list[Delivery]]:
    loads = draw(worlds())
    return loads, draw(deliveries(len(loads)))


def state(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every table that a refresh builds."""
    tables = [model["table"] for model in warehouse_sql().models.values()]
    return {table: sorted(rows(connection, f"select * from {table}"), key=repr) for table in tables}


def members(connection: Connection, subject: str, attribute: str) -> list[tuple[Any, ...]]:
    kind = subject.removesuffix("_id")
    select = f"select {subject}, valid_from, valid_to, is_inferred, {attribute} from core.dim_{kind} where {kind}_key <> -1"
    return rows(connection, f"{select} order by 1, 2")


def expected_members(states: Sequence[State]) -> list[tuple[Any, ...]]:
    """One without attributes is inferred."""
    return [
        (each.subject, each.valid_from, each.valid_to, not each.attributes, *(each.attributes or [None])) for each in states
    ]


def check_against_oracle(warehouse: Connection, shop: Shop) -> None:
    assert members(warehouse, "customer_id", "loyalty_tier") == expected_members(shop.customers)
    assert members(warehouse, "product_id", "category") == expected_members(shop.products)
    assert rows(warehouse, LINES) == shop.lines()
    assert rows(warehouse, EVENTS) == shop.events()
    assert rows(warehouse, SNAPSHOTS) == shop.snapshots()
    made = marts(shop)
    assert {name: sorted(rows(warehouse, f"select * from marts.{name}")) for name in made} == made


@examples(30)
@given(arrivals())
def test_any_order_of_loads_and_refreshes(warehouse: Connection, arrival: tuple[list[Load], list[Delivery]]) -> None:
    loads, order = arrival
    deliver(warehouse, loads, order)
    check_against_oracle(warehouse, Shop(loads))
    arrived = state(warehouse)
    refresh(warehouse, full=True)
    built = state(warehouse)
    assert {name: arrived[name] for name in arrived if name not in GROWING} == {
        name: built[name] for name in built if name not in GROWING
    }
    assert {name: set(built[name]) <= set(arrived[name]) for name in GROWING} == dict.fromkeys(GROWING, True)


@examples(6)
@given(arrivals())
def test_a_refresh_without_news_changes_nothing(warehouse: Connection, arrival: tuple[list[Load], list[Delivery]]) -> None:
    deliver(warehouse, *arrival)
    before = state(warehouse)
    # What the refreshes added and removed adds up to what is there, but for the members for none.
    told = dict(rows(warehouse, "select model, sum(rows_added - rows_removed) from core.refresh_change group by model"))
    seeded = {"dim_customer", "dim_product", "dim_geography"}
    assert told == {table.split(".")[1]: len(found) - (table.split(".")[1] in seeded) for table, found in before.items()}
    identifier = refresh(warehouse)
    assert state(warehouse) == before
    changes = f"select model, rows_added, rows_removed from core.refresh_change where refresh_id = '{identifier}' order by 1"
    assert rows(warehouse, changes) == [(model, 0, 0) for model in sorted(warehouse_sql().models)]
    taken = f"select loads, is_full from core.refresh_ledger where refresh_id = '{identifier}'"
    assert rows(warehouse, taken) == [(0, False)]
