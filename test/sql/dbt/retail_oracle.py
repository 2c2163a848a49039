"""What staging and the marts must say of rows of RAW, in plain Python: all at once, whatever the order in which they came."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from raw_tables import COLUMNS, RawRow

CENT = Decimal("0.01")


def text(value: str | None) -> str | None:
    return (value or "").strip(" ") or None


def moment(value: str | None) -> datetime | None:
    for form in (
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M:%S.%f",
        "%Y-%m-%d %H:%M:%S%z",
        "%Y-%m-%dT%H:%M:%S%z",
    ):
        try:
            read = datetime.strptime(value or "", form)
        except ValueError:
            continue
        return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read
    return None


def amount(value: str | None) -> Decimal | None:
    return Decimal(value) if value and re.fullmatch(r"[+-]?\d{1,16}(\.\d\d?)?", value) else None


def day(value: str | None) -> date | None:
    try:
        return datetime.strptime(value or "", "%Y-%m-%d").date()
    except ValueError:
        return None


@dataclass(frozen=True)
class Sale:
    store_token: str
    transaction_id: str
    receipt_token: str | None
    time: datetime
    amount: Decimal
    user_role: str | None


def sale(row: RawRow) -> Sale | None:
    store, transaction, receipt, time, paid, role = map(text, row.line)
    at, exact = moment(time), amount(paid)
    if store is None or transaction is None or at is None or exact is None:
        return None
    return Sale(store, transaction, receipt, at, exact, role.upper() if role else None)


@dataclass(frozen=True)
class Store:
    store_token: str
    store_group: str | None
    store_name: str | None
    city: str | None
    state: str | None
    opened_on: date | None


def store(row: RawRow) -> Store | None:
    group, token, name, city, state, opened = map(text, row.line)
    if token is None or re.search("[0-9]", state or "") or (opened is not None and day(opened) is None):
        return None
    return Store(token, group, name, city, state, day(opened))


def is_header(kind: str, row: RawRow) -> bool:
    return [(value or "").strip(" ").lower() for value in row.line] == COLUMNS[kind]


@dataclass
class Judged:
    """Rows of one table of RAW by what becomes of them; `latest` by key."""

    headers: int = 0
    rejected: set[tuple[str, int]] = field(default_factory=set)
    candidates: int = 0
    latest: dict[tuple[str, ...], Any] = field(default_factory=dict)


def judged(kind: str, rows: Sequence[RawRow], read: Callable[[RawRow], Any], keys: Sequence[str]) -> Judged:
    result = Judged()
    for row in sorted(rows, key=lambda each: (each.batch_date, each.file_name, each.file_row_number)):
        value = None if is_header(kind, row) else read(row)
        if is_header(kind, row):
            result.headers += 1
        elif value is None:
            result.rejected.add((row.file_name, row.file_row_number))
        else:
            result.candidates += 1
            result.latest[tuple(getattr(value, key) for key in keys)] = value
    return result


def judged_sales(rows: Sequence[RawRow]) -> Judged:
    return judged("sales", rows, sale, ["store_token", "transaction_id"])


def judged_stores(rows: Sequence[RawRow]) -> Judged:
    return judged("stores", rows, store, ["store_token"])


def quotient(total: Decimal | int, count: int) -> str | None:
    return str((Decimal(total) / count).quantize(CENT, ROUND_HALF_UP)) if count else None


def grouped(sales: Sequence[Sale], member: Callable[[Sale], str]) -> dict[tuple[str, str], list[Sale]]:
    groups = defaultdict(list)
    for each in sales:
        groups[str(each.time.date()), member(each)].append(each)
    return groups


def money(sales: Sequence[Sale]) -> str:
    return str(sum((each.amount for each in sales), Decimal(0)).quantize(CENT))


def by_store(sales: Sequence[Sale], stores: dict[tuple[str, ...], Store]) -> list[tuple[Any, ...]]:
    """sales_date, store_token, store_name, region, is_known_store, amount, refunded_amount, transactions"""
    found = []
    for (sold_on, token), group in grouped(sales, lambda each: each.store_token).items():
        known = stores.get((token,))
        name, region = (known.store_name if known else None), (known.state if known else None)
        refunds = money([each for each in group if each.amount < 0])
        names = (name or "unknown", region or "unknown", known is not None)
        found.append((sold_on, token, *names, money(group), refunds, len(group)))
    return sorted(found)


def by_region(sales: Sequence[Sale], stores: dict[tuple[str, ...], Store]) -> list[tuple[Any, ...]]:
    """sales_date, region, amount, refunded_amount, transactions, stores"""

    def region(each: Sale) -> str:
        known = stores.get((each.store_token,))
        return (known.state if known else None) or "unknown"

    return sorted(
        (
            *key,
            money(group),
            money([each for each in group if each.amount < 0]),
            len(group),
            len({s.store_token for s in group}),
        )
        for key, group in grouped(sales, region).items()
    )


def baskets(sales: Sequence[Sale]) -> list[tuple[Any, ...]]:
    """sales_date, store_token, baskets, items, amount, items_per_basket, average_basket_amount, items_without_receipt"""
    found = []
    for key, group in grouped(sales, lambda each: each.store_token).items():
        items = [each for each in group if each.receipt_token is not None]
        count = len({each.receipt_token for each in items})
        total = sum((each.amount for each in items), Decimal(0))
        averages = (quotient(len(items), count), quotient(total, count))
        found.append((*key, count, len(items), money(items), *averages, len(group) - len(items)))
    return sorted(found)
