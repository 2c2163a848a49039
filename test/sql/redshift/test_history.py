"""Customers and products have the history that their changes tell, however the changes come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from deliveries import Delivery, at_once, deliver, deliveries, examples
from history_oracle import states
from hypothesis import given
from hypothesis import strategies as st
from psycopg import Connection
from staging import DEFAULTS, Load, Row, deleted, newest, row
from star_schema import rows

# Either side of midnight, of a year's end, and a moment with a fraction.
MOMENTS = [
    datetime(2023, 12, 31, 23, 59, 59),
    datetime(2024, 1, 1),
    datetime(2024, 2, 29, 12, 0, 0, 250_000),
    datetime(2025, 6, 1, 8, 30),
]


@dataclass(frozen=True)
class Dimension:
    dataset: str
    name: str
    subject: str
    subjects: Sequence[str]
    # Other values that a column may have than its default.
    others: dict[str, list[Any]]
    # Those that vary in a history.
    varying: Sequence[str]

    @property
    def attributes(self) -> list[str]:
        return [name for name in DEFAULTS[self.dataset] if name != "changed_at"]

    def rows(self, connection: Connection, columns: Sequence[str] = ("*",)) -> list[tuple[Any, ...]]:
        """In the order of subjects and times, without the member for none."""
        found = f"select {', '.join(columns)} from core.{self.name} where {self.subject} <> '(none)'"
        return rows(connection, f"{found} order by {self.subject}, valid_from")


CUSTOMERS = Dimension(
    "customers",
    "dim_customer",
    "customer_id",
    ["C00000001", "C00000002"],
    {
        "first_name": ["Bo", "Ann "],
        "last_name": ["Wu", ""],
        "email": ["bo@wu.au"],
        "birth_date": [None, date(1990, 1, 2)],
        "gender": [None, "male"],
        "segment": ["business"],
        "loyalty_tier": [None, "silver"],
        "street": [None, "", "-"],
        "city": ["Perth"],
        "state": ["WA"],
        "postal_code": ["0200"],
        "country": ["NZ"],
        "accepts_marketing": [False, None],
        "registered_on": [date(2020, 1, 2)],
    },
    ["loyalty_tier", "accepts_marketing"],
)
PRODUCTS = Dimension(
    "products",
    "dim_product",
    "product_id",
    ["P000001", "P000002"],
    {
        "product_name": ["Kettle 2"],
        "category": ["sports"],
        "subcategory": ["camping", ""],
        "brand": ["Zenit"],
        "unit_price": [Decimal("12.51"), None],
        "unit_cost": [Decimal("5.01"), None],
        "weight_grams": [None, 80],
        "is_active": [False, None],
        "launched_on": [date(2020, 1, 2)],
    },
    ["weight_grams", "category"],
)
DIMENSIONS = [CUSTOMERS, PRODUCTS]


@st.composite
def changes(draw: st.DrawFn, dimension: Dimension) -> Row:
    key = {
        dimension.subject: draw(st.sampled_from(dimension.subjects)),
        "changed_at": draw(st.sampled_from(MOMENTS)),
    }
    if draw(st.integers(0, 5)) == 0:
        return deleted(dimension.dataset, **key)
    # Few values, so that states come back and follow their like.
    column = draw(st.sampled_from(dimension.varying))
    value = draw(st.sampled_from([DEFAULTS[dimension.dataset][column], *dimension.others[column]]))
    return row(dimension.dataset, **key, **{column: value})


@st.composite
def histories(draw: st.DrawFn, dimension: Dimension) -> tuple[list[Load], list[Delivery]]:
    def key(change: Row) -> tuple[Any, ...]:
        return change[dimension.subject], change["changed_at"]

    snapshot = st.lists(changes(dimension), min_size=1, max_size=5, unique_by=key)
    found = draw(st.lists(snapshot, min_size=2, max_size=4))
    loads = [Load(dimension.dataset, sequence, tuple(each)) for sequence, each in enumerate(found)]
    return loads, draw(deliveries(len(loads)))


def expected(dimension: Dimension, loads: Sequence[Load]) -> list[tuple[Any, ...]]:
    found = states(newest(loads, dimension.dataset), dimension.subject, dimension.attributes)
    return [(each.subject, each.valid_from, each.valid_to, each.is_current, False, *each.attributes) for each in found]


def columns(dimension: Dimension) -> list[str]:
    return [dimension.subject, "valid_from", "valid_to", "is_current", "is_inferred", *dimension.attributes]


def check_history(warehouse: Connection, dimension: Dimension, loads: Sequence[Load], order: Sequence[Delivery]) -> None:
    deliver(warehouse, loads, order)
    assert dimension.rows(warehouse, columns(dimension)) == expected(dimension, loads)
    arrived = dimension.rows(warehouse)
    assert len({key for key, *_ in arrived}) == len(arrived)
    at_once(warehouse, loads)
    assert arrived == dimension.rows(warehouse)


@examples(20)
@given(histories(CUSTOMERS))
def test_customers_in_any_order(warehouse: Connection, history: tuple[list[Load], list[Delivery]]) -> None:
    check_history(warehouse, CUSTOMERS, *history)


@examples(8)
@given(histories(PRODUCTS))
def test_products_in_any_order(warehouse: Connection, history: tuple[list[Load], list[Delivery]]) -> None:
    check_history(warehouse, PRODUCTS, *history)


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda each: each.name)
def test_each_column_makes_a_state(warehouse: Connection, dimension: Dimension) -> None:
    """From its default to another value and back, one subject for each value."""
    variants = [{name: value} for name, values in dimension.others.items() for value in values]
    assert sorted(dimension.others) == sorted(dimension.attributes)
    changed = [
        row(dimension.dataset, **{dimension.subject: f"X{n}", "changed_at": moment}, **values)
        for n, variant in enumerate(variants)
        for moment, values in zip(MOMENTS, [{}, variant, {}, {}], strict=True)
    ]
    loads = [Load(dimension.dataset, 1, changed)]
    at_once(warehouse, loads)
    assert len(dimension.rows(warehouse)) == 3 * len(variants)
    assert dimension.rows(warehouse, columns(dimension)) == expected(dimension, loads)


def test_states_that_look_alike_when_written_in_a_row(warehouse: Connection) -> None:
    """The end of one column as the beginning of the next one, and marks of null as values; one customer for each pair."""
    texts = [name for name, value in DEFAULTS["customers"].items() if isinstance(value, str)]
    pairs: list[tuple[Row, Row]] = [
        *(({one: "a", next_one: "1:b"}, {one: "a3:", next_one: "b"}) for one, next_one in pairwise(texts)),
        *(({one: None, next_one: "-"}, {one: "-", next_one: None}) for one, next_one in pairwise(texts)),
        *(({one: None, next_one: ""}, {one: "", next_one: None}) for one, next_one in pairwise(texts)),
    ]
    changed = [
        row("customers", **{"customer_id": f"X{n:02}", "changed_at": moment}, **values)
        for n, (one, other) in enumerate(pairs)
        for moment, values in zip(MOMENTS, [one, other, one, other], strict=True)
    ]
    at_once(warehouse, [Load("customers", 1, changed)])
    starts = [datetime.min, *MOMENTS[1:]]
    expected = [(f"X{n:02}", start) for n in range(len(pairs)) for start in starts]
    assert CUSTOMERS.rows(warehouse, ["customer_id", "valid_from"]) == expected
