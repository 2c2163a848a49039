"""What the marts must say of a small shop. Knows nothing of SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from history_oracle import State
from shop_oracle import Sale, Shop, Tuple
from staging import Row

T = TypeVar("T")
STEPS = ["product_view", "add_to_cart", "checkout", "purchase"]


def marts(shop: Shop) -> dict[str, list[Tuple]]:
    """The rows of each mart, sorted."""
    made = {
        "daily_sales": _daily_sales(shop),
        "yearly_growth": _yearly_growth(shop),
        "customer_lifetime_value": _customer_lifetime_value(shop),
        "conversion_funnel": _conversion_funnel(shop),
        "stock_cover": _stock_cover(shop),
    }
    return {name: sorted(rows) for name, rows in made.items()}


def _daily_sales(shop: Shop) -> list[Tuple]:
    groups = _groups(shop.sales, lambda sale: (sale.day, _category(sale.product)))
    return [(*key, _orders(sales), len(sales), _units(sales), *_amounts(sales)) for key, sales in groups.items()]


def _amounts(sales: list[Sale]) -> Tuple:
    return (
        sum(sale.line["line_amount"] for sale in sales),
        sum(sale.net_amount for sale in sales),
        sum(sale.line["discount_amount"] for sale in sales),
    )


def _yearly_growth(shop: Shop) -> list[Tuple]:
    groups = _groups(shop.sales, lambda sale: (sale.day.replace(day=1), _category(sale.product)))
    totals = {key: sum(sale.net_amount for sale in sales) for key, sales in groups.items()}
    return [(*key, total, *_growth(total, totals.get((_year_before(key[0]), key[1])))) for key, total in totals.items()]


def _year_before(month: date) -> date:
    return month.replace(year=month.year - 1)


def _growth(total: Any, before: Any) -> Tuple:
    return before, (_rounded((total - before) / before, 4) if before else None)


def _customer_lifetime_value(shop: Shop) -> list[Tuple]:
    current = {state.subject: state for state in shop.customers if state.is_current}
    groups = _groups(shop.sales, lambda sale: sale.customer.subject)
    return [_value(current[subject], sales) for subject, sales in groups.items() if subject in current]


def _value(customer: State, sales: list[Sale]) -> Tuple:
    # In small shops only the tier differs between customers; all that are known are of one segment.
    known = ("consumer", *customer.attributes) if customer.attributes else (None, None)
    days = [sale.day for sale in sales]
    total, orders = sum(sale.net_amount for sale in sales), _orders(sales)
    spent = (total, _rounded(Decimal(total) / orders, 2))
    return (customer.subject, *known, min(days), max(days), orders, _units(sales), *spent)


def _conversion_funnel(shop: Shop) -> list[Tuple]:
    def kind(event: Row) -> Tuple:
        return event["occurred_at"].date(), event["traffic_source"], event["device"]

    return [(*key, len(events), *_sessions(events)) for key, events in _groups(shop.known("web_events"), kind).items()]


def _sessions(events: list[Row]) -> list[int]:
    """All of them, then those with an event of each step."""
    sessions = _groups(events, lambda event: event["session_id"])
    steps = [{event["event_type"] for event in of_session} for of_session in sessions.values()]
    return [len(sessions), *(sum(step in each for each in steps) for step in STEPS)]


def _stock_cover(shop: Shop) -> list[Tuple]:
    return [_cover(shop, *each) for each in _groups(shop.known("inventory"), lambda each: each["product_id"]).items()]


def _cover(shop: Shop, product: str, snapshots: list[Row]) -> Tuple:
    day = max(snapshot["snapshot_date"] for snapshot in snapshots)
    latest = [snapshot for snapshot in snapshots if snapshot["snapshot_date"] == day]
    on_hand, reserved, reorder = (sum(each[name] for each in latest) for name in ("on_hand", "reserved", "reorder_level"))
    available = on_hand - reserved
    kept = [sale for sale in shop.sales if sale.product.subject == product and not sale.is_cancelled]
    sold = _units([sale for sale in kept if day - timedelta(days=28) < sale.day <= day])
    cover = _rounded(Decimal(28) * available / sold, 1) if sold else None
    return product, day, on_hand, available, sold, cover, available <= reorder


def _category(product: State) -> str:
    return product.attributes[0] if product.attributes else "(unknown)"


def _orders(sales: list[Sale]) -> int:
    return len({sale.line["order_id"] for sale in sales})


def _units(sales: list[Sale]) -> int:
    return sum(sale.line["quantity"] for sale in sales)


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _groups(rows: Iterable[T], key: Callable[[T], Any]) -> dict[Any, list[T]]:
    groups: dict[Any, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
