"""Purchases files with known defects: so many of each kind, at random places, among rows that are odd and right.

Every defective row has one defect, so that what a run must find follows from the numbers alone.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

REQUIRED = ("purchase_id", "customer_id", "quantity", "amount_aud", "purchase_date")
RULED = ("quantity", "amount_aud", "purchase_date")
COLUMNS = [*REQUIRED, "first_name", "last_name", "email", "product"]

CUSTOMERS = ["7", "007", "9223372036854775808", "1234567890123456789", "0", "k-é", *(str(number) for number in range(100, 120))]
FIRST_NAMES = ["Zoë", "Zoe\u0308", "O'Neil", 'Ann "Nan"', "李", "Line\nbreak", "Comma, the", "=SUM(A1)", "", "🦊", "Łukasz"]
PRODUCTS = ["Book", "  Bag ", "Tea; green", "x" * 300, "", "Kissen\r\nblau", "';drop table purchases;--"]
WRONG = {
    "quantity": ["1.0", "2147483648", "-2147483649", "one", "1e1", "0x1", "1 2", "٣"],
    "amount_aud": ["12,5", "1e3", "N/A", "10.005", "$5", "1.2.3", "NaN", "12345678901234567.00", "1 000", "5."],
    "purchase_date": [
        "2025-02-31",
        "31/12/2024",
        "2025-2-3",
        "0000-01-01",
        "20250101",
        "2025-01-01T00:00:00",
        "+12025-01-01",
        "+999999999-01-01",
    ],
}

Row = dict[str, str]


@dataclass(frozen=True)
class Truth:
    """Rows in all, and how many have which defect."""

    rows: int
    blank: dict[str, int]
    wrong: dict[str, int]
    disagreeing: int
    undivided: int
    # Rows that share their id with another, and how many of these a later one replaces.
    doubled: int
    replaced: int

    @property
    def refused(self) -> int:
        return sum(self.blank.values()) + sum(self.wrong.values()) + self.disagreeing + self.undivided

    def scores(self) -> dict[str, tuple[int, int]]:
        """(passed, total) of each: what the definitions make of the numbers."""
        divided = self.rows - self.undivided
        ruled = len(RULED) * divided - sum(self.blank[name] for name in RULED)
        return {
            "completeness": (len(REQUIRED) * divided - sum(self.blank.values()), len(REQUIRED) * self.rows),
            "validity": (ruled - sum(self.wrong.values()), ruled),
            "accuracy": (divided - self.disagreeing, self.rows),
            "consistency": (divided - self.doubled - self.blank["purchase_id"], self.rows),
        }


@dataclass(frozen=True)
class DefectiveFile:
    content: bytes
    truth: Truth
    # Of rows that are alone with theirs; a later file may bring corrections of them.
    ids: tuple[str, ...]


def defective_file(seed: int, rows: int = 300, corrected: Sequence[str] = ()) -> DefectiveFile:
    """A file of so many rows; some of the right ones have an id of ``corrected``. The same seed, the same bytes."""
    return _Maker(random.Random(seed), rows, corrected).make()


class _Maker:
    def __init__(self, chance: random.Random, rows: int, corrected: Sequence[str]) -> None:
        self.chance = chance
        self.rows = rows
        self.known = chance.sample(corrected, min(len(corrected), rows // 10))
        self.corrected = frozenset(corrected)
        # Together with the number up to 19 digits, which no 64-bit integer holds.
        self.prefix = chance.choice(["", "0", "000", "P-é-", "9" * 16])
        self.names = chance.sample(COLUMNS, len(COLUMNS))
        self.lines: list[bytes] = []
        self.number = 0

    def make(self) -> DefectiveFile:
        most = max(1, self.rows // 40)
        blank = {name: self.chance.randint(0, most) for name in REQUIRED}
        wrong = {name: self.chance.randint(0, most) for name in RULED}
        disagreeing, undivided = self.chance.randint(0, most), self.chance.randint(0, most)
        self._write_each([{**self._row(), name: self.chance.choice(["", "  "])} for name in blank for _ in range(blank[name])])
        self._write_each([{**self._row(), name: self.chance.choice(WRONG[name])} for name in wrong for _ in range(wrong[name])])
        self._write_each([self._disagreeing() for _ in range(disagreeing)])
        self.lines += [self._undivided() for _ in range(undivided)]
        doubled, replaced = self._double(self.chance.randint(0, most))
        twins = self._refused_twins(self.chance.randint(0, most))
        wrong["amount_aud"] += twins
        alone = [self._row() for _ in range(self.rows - len(self.lines))]
        self._write_each(alone)
        truth = Truth(self.rows, blank, wrong, disagreeing, undivided, doubled + 2 * twins, replaced)
        return DefectiveFile(self._content(), truth, tuple(row["purchase_id"] for row in alone))

    def _row(self) -> Row:
        """A row without defect."""
        own = self._new_id()
        is_correction = bool(self.known) and self.chance.random() < 0.2
        quantity = self.chance.choice([1, 1, 2, 3, -1, 0, 2**31 - 1])
        cents = self.chance.choice([0, 1, 99, 1005, self.chance.randrange(10**6), 10**14 + 7])
        amount = Decimal(cents if quantity >= 0 else -cents).scaleb(-2)
        text = self.chance.choice([f"{amount:.2f}", str(amount.normalize().quantize(1)) if cents % 100 == 0 else f"{amount}"])
        return {
            "purchase_id": self.known.pop() if is_correction else own,
            "customer_id": self.chance.choice(CUSTOMERS),
            "quantity": f"{self.chance.choice(['', '', '+', '00'])}{quantity}" if quantity >= 0 else str(quantity),
            "amount_aud": text,
            "purchase_date": (date(2024, 1, 1) + timedelta(days=self.chance.randrange(800))).isoformat(),
            "first_name": self.chance.choice(FIRST_NAMES),
            "last_name": self.chance.choice(FIRST_NAMES),
            "email": self.chance.choice(["Ada@Example.COM", "", "zoë@häuser.de"]),
            "product": self.chance.choice(PRODUCTS),
        }

    def _new_id(self) -> str:
        while True:
            self.number += 1
            name = f"{self.prefix}{self.number}"
            if name not in self.corrected:
                return name

    def _disagreeing(self) -> Row:
        signs = self.chance.choice([("-1", "0.01"), ("3", "-19.90"), ("+1", "-0.5")])
        return {**self._row(), "quantity": signs[0], "amount_aud": signs[1]}

    def _double(self, groups: int) -> tuple[int, int]:
        """Two or three right rows with one id each; how many rows, and how many of them a later one replaces."""
        sizes = [self.chance.choice([2, 2, 3]) for _ in range(groups)]
        for size in sizes:
            key = self._row()["purchase_id"]
            self._write_each([{**self._row(), "purchase_id": key} for _ in range(size)])
        return sum(sizes), sum(sizes) - groups

    def _refused_twins(self, pairs: int) -> int:
        """A right row and one with a wrong amount, with the same id."""
        for _ in range(pairs):
            row = self._row()
            self._write_each([row, {**row, "amount_aud": self.chance.choice(WRONG["amount_aud"])}])
        return pairs

    def _undivided(self) -> bytes:
        cells = [self._cell(self._row()[name]) for name in self.names]
        place = self.chance.randrange(len(cells))
        spoiled = {
            "short": cells[:-1],
            "long": [*cells, b""],
            "latin-1": [*cells[:place], "Köhler".encode("latin-1"), *cells[place + 1 :]],
            "nul": [*cells[:place], b"a\0b", *cells[place + 1 :]],
            "after a quote": [*cells[:place], b'"a"b', *cells[place + 1 :]],
        }
        kind = self.chance.choice(list(spoiled))
        # What follows a stray quote on further lines would be rows of its own.
        return b",".join(cell.replace(b"\r", b"").replace(b"\n", b"") for cell in spoiled[kind])

    def _write_each(self, rows: Sequence[Row]) -> None:
        self.lines += [b",".join(self._cell(row[name]) for name in self.names) for row in rows]

    def _cell(self, text: str) -> bytes:
        if any(sign in text for sign in ',"\r\n') or self.chance.random() < 0.1:
            return b'"' + text.replace('"', '""').encode() + b'"'
        return f"{self.chance.choice(['', '', '', ' '])}{text}{self.chance.choice(['', '', '', '  '])}".encode()

    def _content(self) -> bytes:
        self.chance.shuffle(self.lines)
        header = ",".join(self.chance.choice([name, name.upper(), f" {name} "]) for name in self.names).encode()
        end = self.chance.choice([b"\n", b"\r\n", b"\r"])
        lines = [line + end * self.chance.choice([1, 1, 1, 1, 2]) for line in [header, *self.lines[:-1]]]
        last = self.lines[-1] + self.chance.choice([b"", end])
        return self.chance.choice([b"", b"\xef\xbb\xbf"]) + b"".join(lines) + last
