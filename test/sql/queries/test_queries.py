"""The analysts' queries: Redshift's, with the parameters that their heads name, and right about a shop of a few rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from emulator.redshift_dialect_check import faults
from staging import Row, row

QUERIES = Path(__file__).parents[3] / "sql" / "queries"
FILES = {file.stem: file.read_text(encoding="utf-8") for file in sorted(QUERIES.glob("*.sql"))}
Fill = Callable[..., None]
Ask = Callable[..., list[tuple[Any, ...]]]
C1, C2, C3 = "C00000001", "C00000002", "C00000003"
P1, P2, P3, P4, P5 = (f"P00000{number}" for number in range(1, 6))
NUMBERS = count(1)
YEAR = {"from_day": "2025-01-01", "to_day": "2025-12-31"}


def sale(day: str, amount: int, customer: str | None = C1, product: str = P1, **order: Any) -> dict[str, Row]:
    """An order of one line; of no customer when the order itself has not come."""
    key = {"order_id": f"O{next(NUMBERS):09}", "ordered_at": datetime.fromisoformat(f"{day} 12:00")}
    line = {**key, "product_id": product, "quantity": amount, "line_amount": Decimal(amount)}
    items = {"order_items": row("order_items", **line)}
    return items if customer is None else {**items, "orders": row("orders", **key, customer_id=customer, **order)}


def examples(text: str) -> dict[str, str]:
    words = re.search(r"^-- parameters: (.+)$", text, re.MULTILINE)
    assert words is not None
    return dict(word.split("=") for word in words[1].split(", ")) if words[1] != "none" else {}


@pytest.mark.parametrize("name", FILES)
def test_a_query_says_what_it_answers_and_is_redshift_s(name: str) -> None:
    head, _, statement = FILES[name].partition("\nwith " if "\nwith " in FILES[name] else "\nselect")
    assert [line for line in head.splitlines() if not line.startswith("-- ")] == []
    assert "?" in head
    assert "\n-- grain: " in head
    assert set(examples(head)) == set(re.findall(r"(?<!:):(\w+)", statement))
    assert faults(FILES[name]) == []


@pytest.mark.parametrize("name", FILES)
def test_a_query_runs_with_its_examples_over_nothing(ask: Ask, name: str) -> None:
    assert ask(name, **examples(FILES[name])) == []


def test_top_customers(ask: Ask, fill: Fill) -> None:
    fill(
        *(sale("2025-01-01", 20, C1), sale("2025-12-31", 10, C1), sale("2024-12-31", 500, C1), sale("2026-01-01", 500, C1)),
        *(sale("2025-06-01", 30, C2), sale("2025-06-01", 900, C2, status="cancelled")),
        *(sale("2025-06-01", 29, C3), sale("2025-06-01", 800, None)),
        customers=[
            row("customers", customer_id=C1, segment="consumer"),
            row("customers", customer_id=C1, segment="business", changed_at=datetime(2025, 7, 1)),
        ],
    )
    assert ask("top_customers", **YEAR, limit="2") == [
        (1, C1, "Ann", "Lee", "business", "gold", 2, Decimal("30.00")),
        (2, C2, None, None, None, None, 2, Decimal("30.00")),
    ]
    assert [found[1] for found in ask("top_customers", **YEAR, limit="10")] == [C1, C2, C3]


def test_category_growth(ask: Ask, fill: Fill) -> None:
    """The year ends on 30 June, until when the year before counts; toys had their day then, and garden is new."""
    fill(
        *(sale("2023-12-31", 77), sale("2024-01-01", 60), sale("2024-06-30", 40), sale("2024-07-01", 900)),
        *(sale("2025-01-01", 100), sale("2025-06-29", 50), sale("2026-01-01", 77)),
        *(sale("2024-05-05", 40, product=P2), sale("2025-06-30", 5, product=P3)),
        products=[
            row("products", product_id=product, category=name) for product, name in zip((P1, P2, P3), "hbg", strict=True)
        ],
    )
    assert ask("category_growth", year="2025") == [
        ("h", Decimal("150.00"), Decimal("100.00"), Decimal("0.5000")),
        ("g", Decimal("5.00"), Decimal("0.00"), None),
        ("b", Decimal("0.00"), Decimal("40.00"), Decimal("-1.0000")),
    ]


def test_conversion_funnel(ask: Ask, fill: Fill) -> None:
    def visit(session: str, day: str, steps: str, **values: str) -> list[Row]:
        at = {"occurred_at": datetime.fromisoformat(day), "session_id": session, **values}
        return [row("web_events", event_id=f"E{next(NUMBERS)}", event_type=step, **at) for step in steps.split()]

    events = [
        *visit("S1", "2025-01-01 00:00", "product_view product_view add_to_cart checkout purchase"),
        *visit("S2", "2025-12-31 23:59", "page_view product_view"),
        *visit("S3", "2025-06-01 09:00", "product_view add_to_cart"),
        *visit("S4", "2025-06-01 09:00", "page_view", device="desktop", traffic_source="ads"),
        *visit("S5", "2026-01-01 00:00", "purchase"),
    ]
    fill(web_events=events)
    shares = [Decimal(share) for share in ("1.0000", "0.6667", "0.5000", "1.0000", "0.3333")]
    assert ask("conversion_funnel", **YEAR) == [
        ("search", "mobile", 3, 3, 2, 1, 1, *shares),
        ("ads", "desktop", 1, 0, 0, 0, 0, Decimal("0.0000"), None, None, None, Decimal("0.0000")),
    ]


def test_cohort_retention(ask: Ask, fill: Fill) -> None:
    days = {C1: ["2024-12-31", "2025-01-01", "2025-01-31", "2025-03-15"], C2: ["2024-12-01"], C3: ["2025-03-31"]}
    fill(*(sale(day, 1, customer) for customer, ordered in days.items() for day in ordered), sale("2025-09-01", 1, None))
    whole, half, none = Decimal("1.0000"), Decimal("0.5000"), Decimal("0.0000")
    assert ask("cohort_retention") == [
        (date(2024, 12, 1), 2, whole, half, none, half, None, None),
        (date(2025, 3, 1), 1, whole, None, None, None, None, None),
    ]


def test_slow_movers(ask: Ask, fill: Fill) -> None:
    """P1 sells, P2 sells too little, P3 not at all, P4 is all reserved, and nothing is known of P5."""
    stock = {P1: (22, 2), P2: (12, 2), P3: (100, 20), P4: (5, 5), P5: (1, 0)}
    fill(
        *(sale("2024-01-10", 7), sale("2024-01-10", 2, product=P2)),
        products=[row("products", product_id=product, product_name=product) for product in (P1, P2, P3, P4)],
        inventory=[row("inventory", product_id=key, on_hand=all_, reserved=some) for key, (all_, some) in stock.items()],
    )
    counted = date(2024, 1, 15)
    lying = [
        (P3, P3, "home", counted, 80, 0, None, Decimal("400.00")),
        (P2, P2, "home", counted, 10, 2, Decimal("140.0"), Decimal("50.00")),
        (P5, None, None, counted, 1, 0, None, None),
    ]
    assert ask("slow_movers", days="139") == lying
    assert ask("slow_movers", days="140") == [lying[0], lying[2]]


def test_price_history(ask: Ask, fill: Fill) -> None:
    fill(
        *(
            sale("2025-01-31", 3),
            sale("2025-02-01", 4),
            sale("2025-02-02", 2, status="returned"),
            sale("2025-02-03", 9, product=P2),
        ),
        products=[
            row("products", product_id=P1, unit_price=Decimal("10.00")),
            row("products", product_id=P1, unit_price=Decimal("12.00"), changed_at=datetime(2025, 2, 1, 8)),
            row("products", product_id=P1, unit_price=Decimal("9.00"), changed_at=datetime(2025, 3, 1)),
        ],
    )
    cost, [first, second] = Decimal("5.00"), [datetime(2025, 2, 1, 8), datetime(2025, 3, 1)]
    assert ask("price_history", product_id=P1) == [
        (None, first, "Kettle", "home", Decimal("10.00"), cost, 1, 3, Decimal("3.00"), Decimal("3.00")),
        (first, second, "Kettle", "home", Decimal("12.00"), cost, 2, 6, Decimal("6.00"), Decimal("4.00")),
        (second, None, "Kettle", "home", Decimal("9.00"), cost, 0, 0, 0, 0),
    ]


def test_sales_by_state_at_the_time(ask: Ask, fill: Fill) -> None:
    fill(
        *(sale("2025-02-28", 10), sale("2025-03-01", 20), sale("2025-04-01", 5, C2), sale("2025-04-01", 7, None)),
        *(sale("2024-12-31", 500), sale("2026-01-01", 500), sale("2025-05-01", 4, status="cancelled")),
        customers=[
            *(row("customers", customer_id=customer) for customer in (C1, C2)),
            row("customers", customer_id=C1, segment="business", changed_at=datetime(2025, 3, 1)),
        ],
    )
    [consumer, business, unknown] = [("consumer", "gold"), ("business", "gold"), ("(unknown)", "(unknown)")]
    assert ask("sales_by_state_at_the_time", **YEAR) == [
        (*unknown, *unknown, 0, 1, Decimal("7.00")),
        (*business, *business, 1, 2, Decimal("20.00")),
        (*consumer, *business, 1, 1, Decimal("10.00")),
        (*consumer, *consumer, 1, 1, Decimal("5.00")),
    ]
