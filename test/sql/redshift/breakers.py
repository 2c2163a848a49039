"""For each invariant, what breaks it and nothing that is looked at before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# No model comes after it.
LAST = "yearly_growth"


@dataclass(frozen=True)
class Breaker:
    check: str
    sql: str
    # What is built on this model agrees with what is broken, so that only the check can tell.
    after: str = LAST


def _history(kind: str, one: str) -> Iterator[Breaker]:
    table, check = f"core.dim_{kind}", f"dim_{kind}_history"
    yield Breaker(check, f"update {table} set valid_to = valid_to - interval '1 second' where not is_current")
    yield Breaker(check, f"update {table} set valid_to = valid_to + interval '1 second' where not is_current")
    yield Breaker(check, f"update {table} set valid_to = '9999-01-01' where {kind}_id = '{one}'")
    yield Breaker(check, f"update {table} set valid_from = '0001-01-02' where {kind}_id = '{one}'")
    columns = f"{kind}_key, {kind}_id, valid_from, valid_to, is_current, is_inferred, change_hash"
    moment = f"select 7, {kind}_id, valid_to, valid_to, false, false, '' from {table} where not is_current"
    yield Breaker(check, f"insert into {table} ({columns}) {moment}")
    yield Breaker(check, f"update {table} set is_current = true where not is_current")
    yield Breaker(check, f"update {table} set is_current = false where {kind}_id = '{one}'")


def _absent(dimension: str, table: str) -> Breaker:
    """A fact that came without what it points to."""
    is_history = dimension in ("customer", "product")
    check = f"orphans_of_dim_{dimension}" if is_history else "orphans_of_places_and_days"
    other = "date '1999-01-01'" if dimension == "date" else "7"
    return Breaker(check, f"update {table}_added set {dimension}_key = {other}")


def _gone(kind: str, table: str, after: str = LAST) -> Breaker:
    """A fact that still points to a state that went."""
    gone = f"select {kind}_key from dim_{kind}_removed except select {kind}_key from core.dim_{kind}"
    moved = f"select {kind}_key from {table}_added"
    change = (
        f"update core.{table} set {kind}_key = (select max({kind}_key) from ({gone}) as gone) where {kind}_key in ({moved})"
    )
    return Breaker(f"orphans_of_dim_{kind}", change, after)


def _same_key(kind: str, one: str, other: str) -> Breaker:
    of_one = f"select {kind}_key from core.dim_{kind} where {one}"
    return Breaker("surrogate_keys", f"update core.dim_{kind} set {kind}_key = ({of_one}) where {other}")


BREAKERS = [
    Breaker("conversion_funnel_events", "update marts.conversion_funnel set events = events + 1"),
    Breaker("conversion_funnel_events", "delete from marts.conversion_funnel"),
    Breaker("customer_lifetime_value_amount", "update marts.customer_lifetime_value set net_amount = net_amount + 0.01"),
    Breaker("customer_lifetime_value_amount", "delete from marts.customer_lifetime_value"),
    Breaker("daily_sales_amount", "update marts.daily_sales set gross_amount = gross_amount + 0.01"),
    Breaker("daily_sales_amount", "update marts.daily_sales set net_amount = net_amount - 0.01"),
    Breaker("daily_sales_amount", "update marts.daily_sales set order_lines = order_lines + 1"),
    Breaker("daily_sales_amount", "delete from marts.daily_sales"),
    *_history("customer", "C00000003"),
    *_history("product", "P000003"),
    Breaker("fact_inventory_rows", "delete from core.fact_inventory", "fact_inventory"),
    Breaker("fact_inventory_rows", "update core.fact_inventory set on_hand = on_hand + 1", "fact_inventory"),
    Breaker("fact_inventory_rows", "insert into core.fact_inventory select * from fact_inventory_added", "fact_inventory"),
    Breaker("fact_sales_amount", "update core.fact_sales set amount = amount + 0.01", "fact_sales"),
    Breaker("fact_sales_amount", "update core.fact_sales set date_key = date_key + 1", "fact_sales"),
    Breaker("fact_sales_amount", "insert into core.fact_sales select * from core.fact_sales where amount = 0", "fact_sales"),
    Breaker("fact_web_events_rows", "delete from core.fact_web_events", "fact_web_events"),
    Breaker("fact_web_events_rows", "update core.fact_web_events set date_key = date_key - 1", "fact_web_events"),
    Breaker("fact_web_events_rows", "insert into core.fact_web_events select * from fact_web_events_added", "fact_web_events"),
    *(_absent("customer", table) for table in ("fact_sales", "fact_web_events")),
    *(_absent("product", table) for table in ("fact_sales", "fact_web_events", "fact_inventory")),
    *(_absent("date", table) for table in ("fact_sales", "fact_web_events", "fact_inventory")),
    _absent("geography", "fact_sales"),
    # The value of a customer is made of the states that are there.
    *(_gone("customer", table, table) for table in ("fact_sales", "fact_web_events")),
    *(_gone("product", table) for table in ("fact_sales", "fact_web_events", "fact_inventory")),
    Breaker("stock_cover_on_hand", "update marts.stock_cover set on_hand = on_hand + 1"),
    Breaker("stock_cover_on_hand", "update marts.stock_cover set counted_on = counted_on - 1"),
    Breaker("stock_cover_on_hand", "delete from marts.stock_cover"),
    _same_key("customer", "customer_id = 'C00000002'", "customer_id = 'C00000003'"),
    _same_key("product", "product_id = 'P000002'", "product_id = 'P000003'"),
    Breaker("surrogate_keys", "insert into core.dim_geography select * from core.dim_geography where city = 'Perth'"),
    Breaker("yearly_growth_amount", "update marts.yearly_growth set net_amount = net_amount + 0.01"),
    Breaker("yearly_growth_amount", "delete from marts.yearly_growth"),
]
