"""What purchases files hold, found out once more from their bytes and the contract's text, without the product's code.

    python purchases_oracle.py FILE…    in the order in which later files win; prints one JSON document

A row that cannot be divided into cells has none: it is refused, none of its required cells is filled, it is neither
accurate nor consistent, and it has no key. Rows are numbered from 1, the header and blank lines not counted.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from plain_csv import Cells, rows_of

REQUIRED = ("purchase_id", "customer_id", "quantity", "amount_aud", "purchase_date")
COLUMNS = (*REQUIRED, "first_name", "last_name", "email", "product")


@dataclass(frozen=True)
class Purchase:
    """A row that was published."""

    purchase_id: str
    customer_id: str
    amount: Decimal
    day: date


@dataclass(frozen=True)
class Findings:
    """Of one file; a score is (passed, total)."""

    read: int
    quarantined: int
    deduplicated: int
    scores: dict[str, tuple[int, int]]
    refused: tuple[int, ...]
    purchases: tuple[Purchase, ...]

    @property
    def published(self) -> int:
        return len(self.purchases)


@dataclass(frozen=True)
class Spending:
    """Of one customer, over all current purchases."""

    total: Decimal
    first: date
    last: date


def quantity_of(text: str) -> int | None:
    """INTEGER: four bytes."""
    if not re.fullmatch(r"[+-]?[0-9]+", text) or not -(2**31) <= Decimal(text) < 2**31:
        return None
    return int(Decimal(text))


def amount_of(text: str) -> Decimal | None:
    """DECIMAL(18,2): sixteen digits before the point and at most two after it; never rounded."""
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]{1,2})?", text) or abs(Decimal(text)) >= 10**16:
        return None
    return Decimal(text)


def day_of(text: str) -> date | None:
    """yyyy-MM-dd, a day that the calendar has, from year 1 on."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        return None


def _is_accurate(row: Cells) -> bool:
    """Of a purchase neither is below zero, of a refund none above; what is unknown breaks nothing."""
    quantity, amount = quantity_of(row["quantity"]), amount_of(row["amount_aud"])
    return quantity is None or amount is None or not (quantity < 0 < amount or amount < 0 < quantity)


def examine(data: bytes) -> Findings:
    """Counts, scores and published rows of a file. Raises UnclosedQuoteError."""
    rows = rows_of(data, COLUMNS)
    divided = [row for row in rows if row is not None]
    ruled = [(row[name], reader) for row in divided for name, reader in RULED.items() if row[name]]
    keys = Counter(row["purchase_id"] for row in divided if row["purchase_id"])
    scores = {
        "completeness": (sum(bool(row[name]) for row in divided for name in REQUIRED), len(rows) * len(REQUIRED)),
        "validity": (sum(reader(text) is not None for text, reader in ruled), len(ruled)),
        "accuracy": (sum(_is_accurate(row) for row in divided), len(rows)),
        "consistency": (sum(keys[row["purchase_id"]] == 1 for row in divided), len(rows)),
    }
    accepted: dict[str, Purchase] = {}
    refused: list[int] = []
    for number, row in enumerate(rows, start=1):
        purchase = _purchase(row)
        if purchase is None:
            refused.append(number)
        else:
            accepted[purchase.purchase_id] = purchase
    deduplicated = len(rows) - len(refused) - len(accepted)
    return Findings(len(rows), len(refused), deduplicated, scores, tuple(refused), tuple(accepted.values()))


RULED = {"quantity": quantity_of, "amount_aud": amount_of, "purchase_date": day_of}


def _purchase(row: Cells | None) -> Purchase | None:
    if row is None or not all(row[name] for name in REQUIRED) or not _is_accurate(row):
        return None
    quantity, amount, day = quantity_of(row["quantity"]), amount_of(row["amount_aud"]), day_of(row["purchase_date"])
    if quantity is None or amount is None or day is None:
        return None
    return Purchase(row["purchase_id"], row["customer_id"], amount, day)


def spending(files: Iterable[Findings]) -> dict[str, Spending]:
    """By customer. Of purchases with one id that of the later file counts."""
    current = {purchase.purchase_id: purchase for file in files for purchase in file.purchases}
    of_customer: dict[str, list[Purchase]] = {}
    for purchase in current.values():
        of_customer.setdefault(purchase.customer_id, []).append(purchase)
    return {
        customer: Spending(sum((each.amount for each in own), Decimal()), *_first_and_last([each.day for each in own]))
        for customer, own in of_customer.items()
    }


def _first_and_last(days: Sequence[date]) -> tuple[date, date]:
    return min(days), max(days)


def report(paths: Sequence[Path]) -> dict[str, object]:
    """As JSON has it; money and days are text."""
    found = {path.name: examine(path.read_bytes()) for path in paths}
    files = {
        name: {
            "rows": {count: getattr(file, count) for count in ("read", "published", "quarantined", "deduplicated")},
            "scores": {score: {"passed": passed, "total": total} for score, (passed, total) in file.scores.items()},
            "refused": file.refused,
        }
        for name, file in found.items()
    }
    customers = [
        [customer, f"{each.total:.2f}", each.first.isoformat(), each.last.isoformat()]
        for customer, each in sorted(spending(found.values()).items())
    ]
    return {"files": files, "customers": customers}


if __name__ == "__main__":
    print(json.dumps(report([Path(argument) for argument in sys.argv[1:]])))
