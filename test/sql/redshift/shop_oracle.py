"""What the star schema must say of a small shop, by looking through all that is known of it. Knows nothing of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from history_oracle import BEGINNING, END, State, states
from staging import Load, Row, newest

Tuple = tuple[Any, ...]
NONE = State("(none)", BEGINNING, END, ())
CANCELLED = {"cancelled", "returned"}


@dataclass(frozen=True)
class Sale:
    line: Row
    # Empty as long as it has not come.
    order: Row
    customer: State
    product: State

    @property
    def day(self) -> date:
        moment: datetime = self.line["ordered_at"]
        return moment.date()

    @property
    def net_amount(self) -> Decimal:
        amount: Decimal = self.line["line_amount"]
        return Decimal(0) if self.is_cancelled else amount

    @property
    def is_cancelled(self) -> bool:
        return self.order.get("status") in CANCELLED

    @property
    def columns(self) -> Tuple:
        line, order, customer, product = self.line, self.order, self.customer, self.product
        return (
            *(line["order_id"], line["line_number"], self.day),
            *(customer.subject, customer.valid_from, product.subject, product.valid_from),
            *(order.get("ship_city", "(none)"), order.get("status")),
            *(line["quantity"], line["line_amount"], self.net_amount),
        )


@dataclass(frozen=True)
class Shop:
    loads: Sequence[Load]

    def known(self, dataset: str) -> list[Row]:
        return newest(self.loads, dataset)

    @cached_property
    def orders(self) -> dict[str, Row]:
        return {order["order_id"]: order for order in self.known("orders")}

    @cached_property
    def customers(self) -> list[State]:
        ordered = [self.orders[line["order_id"]] for line in self.known("order_items") if line["order_id"] in self.orders]
        return _members(self.known("customers"), "customer_id", "loyalty_tier", [*ordered, *self.known("web_events")])

    @cached_property
    def products(self) -> list[State]:
        facts = [*self.known("order_items"), *self.known("web_events"), *self.known("inventory")]
        return _members(self.known("products"), "product_id", "category", facts)

    @cached_property
    def sales(self) -> list[Sale]:
        return [self._sale(line) for line in self.known("order_items")]

    def _sale(self, line: Row) -> Sale:
        order: Row = self.orders.get(line["order_id"], {})
        customer = _at(self.customers, order.get("customer_id"), line["ordered_at"])
        return Sale(line, order, customer, _at(self.products, line["product_id"], line["ordered_at"]))

    def lines(self) -> list[Tuple]:
        return sorted(sale.columns for sale in self.sales)

    def events(self) -> list[Tuple]:
        return sorted(self._event(event) for event in self.known("web_events"))

    def _event(self, event: Row) -> Tuple:
        customer = _at(self.customers, event["customer_id"], event["occurred_at"])
        product = _at(self.products, event["product_id"], event["occurred_at"])
        place = (customer.subject, customer.valid_from, product.subject, product.valid_from)
        return (event["event_id"], event["occurred_at"].date(), *place, event["event_type"])

    def snapshots(self) -> list[Tuple]:
        return sorted(self._snapshot(snapshot) for snapshot in self.known("inventory"))

    def _snapshot(self, snapshot: Row) -> Tuple:
        # Of the end of its day: the last moment that belongs to it.
        moment = datetime.combine(snapshot["snapshot_date"], time.max)
        product = _at(self.products, snapshot["product_id"], moment)
        key = (snapshot["snapshot_date"], snapshot["product_id"], snapshot["warehouse_code"])
        return (*key, product.valid_from, snapshot["on_hand"], snapshot["on_hand"] - snapshot["reserved"])


def _members(changes: Sequence[Row], subject: str, attribute: str, facts: Iterable[Row]) -> list[State]:
    """Those that are known, and those that only facts know, with no attribute."""
    known = states(changes, subject, [attribute])
    unknown = {fact[subject] for fact in facts} - {state.subject for state in known} - {None}
    return sorted(
        [*known, *(State(each, BEGINNING, END, ()) for each in unknown)], key=lambda each: (each.subject, each.valid_from)
    )


def _at(members: Iterable[State], subject: str | None, moment: datetime) -> State:
    if subject is None:
        return NONE
    (state,) = [each for each in members if each.subject == subject and each.holds_at(moment)]
    return state
