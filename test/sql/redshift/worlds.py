"""Small shops: what silver knew of all datasets, snapshot by snapshot, with corrections, deletions and what comes late."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st
from staging import Load, Row, deleted, key_of, row
from star_schema import warehouse_sql

CUSTOMERS = st.sampled_from(["C00000001", "C00000002"])
PRODUCTS = st.sampled_from(["P000001", "P000002"])
ORDERS = st.sampled_from(["O000000001", "O000000002", "O000000003", "O000000004"])
LINES = st.integers(1, 2)
EVENTS = st.sampled_from(["E00000000001", "E00000000002", "E00000000003", "E00000000004"])
# Facts fall on the changes of their customers and products, next to them, and into the same month of two years.
MOMENTS = st.sampled_from(
    [
        datetime(2024, 1, 15),
        datetime(2024, 1, 31, 23, 59, 59, 999_999),
        datetime(2024, 2, 1),
        datetime(2025, 1, 15, 8),
        datetime(2025, 2, 1),
    ]
)
# The last one is 28 days after a moment.
DAYS = st.sampled_from([date(2024, 1, 31), date(2025, 2, 1), date(2025, 2, 12)])


@st.composite
def customers(draw: st.DrawFn) -> Row:
    key = {"customer_id": draw(CUSTOMERS), "changed_at": draw(MOMENTS)}
    return row("customers", **key, loyalty_tier=draw(st.sampled_from([None, "gold"])))


@st.composite
def products(draw: st.DrawFn) -> Row:
    key = {"product_id": draw(PRODUCTS), "changed_at": draw(MOMENTS)}
    return row("products", **key, category=draw(st.sampled_from(["home", "books"])))


@st.composite
def orders(draw: st.DrawFn) -> Row:
    return row(
        "orders",
        order_id=draw(ORDERS),
        customer_id=draw(CUSTOMERS),
        status=draw(st.sampled_from(["paid", "returned", "cancelled"])),
        ship_city=draw(st.sampled_from(["Sydney", "Perth"])),
    )


@st.composite
def order_items(draw: st.DrawFn) -> Row:
    return row(
        "order_items",
        order_id=draw(ORDERS),
        line_number=draw(LINES),
        product_id=draw(PRODUCTS),
        ordered_at=draw(MOMENTS),
        quantity=draw(st.integers(1, 3)),
        line_amount=draw(st.sampled_from([Decimal("0.00"), Decimal("7.35"), Decimal("20.01")])),
    )


@st.composite
def web_events(draw: st.DrawFn) -> Row:
    return row(
        "web_events",
        event_id=draw(EVENTS),
        session_id=draw(st.sampled_from(["S0000000001", "S0000000002"])),
        occurred_at=draw(MOMENTS),
        event_type=draw(st.sampled_from(["page_view", "product_view", "add_to_cart", "checkout", "purchase"])),
        customer_id=draw(st.none() | CUSTOMERS),
        product_id=draw(st.none() | PRODUCTS),
    )


@st.composite
def inventory(draw: st.DrawFn) -> Row:
    return row(
        "inventory",
        snapshot_date=draw(DAYS),
        product_id=draw(PRODUCTS),
        warehouse_code=draw(st.sampled_from(["SYD", "PER"])),
        on_hand=draw(st.integers(2, 9)),
    )


DATASETS = {
    "customers": customers(),
    "products": products(),
    "orders": orders(),
    "order_items": order_items(),
    "web_events": web_events(),
    "inventory": inventory(),
}


def snapshots(dataset: str, fewest: int, most: int) -> st.SearchStrategy[list[Row]]:
    """One row in five is deleted."""
    kept = DATASETS[dataset]
    gone = kept.map(lambda one: deleted(dataset, **{name: one[name] for name in warehouse_sql().keys[dataset]}))
    rows = st.one_of(kept, kept, kept, kept, gone)
    return st.lists(rows, min_size=fewest, max_size=most, unique_by=lambda one: key_of(dataset, one))


@st.composite
def worlds(draw: st.DrawFn) -> list[Load]:
    """All datasets, then what corrects them; those most often that others depend on, or that depend on others."""
    first = [(kind, draw(snapshots(kind, 3, 6))) for kind in draw(st.permutations(list(DATASETS)))]
    kinds = st.sampled_from([*DATASETS, "customers", "products", "orders", "order_items"])
    later = [(kind, draw(snapshots(kind, 1, 3))) for kind in draw(st.lists(kinds, min_size=3, max_size=7))]
    return [Load(kind, sequence, found) for sequence, (kind, found) in enumerate([*first, *later])]
