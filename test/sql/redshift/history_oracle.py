"""The states of a customer or product, by sorting all that is known of it first. Knows nothing of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from staging import Row

BEGINNING = datetime.min
END = datetime.max


@dataclass(frozen=True)
class State:
    subject: str
    valid_from: datetime
    valid_to: datetime
    attributes: tuple[Any, ...]

    @property
    def is_current(self) -> bool:
        return self.valid_to == END

    def holds_at(self, moment: datetime) -> bool:
        return self.valid_from <= moment < self.valid_to


def states(changes: Iterable[Row], subject: str, attributes: Sequence[str]) -> list[State]:
    """Of all subjects, in the order of their identifiers and times; ``subject`` is the column that identifies them."""
    histories: dict[str, list[Row]] = {}
    for change in sorted(changes, key=lambda change: (change[subject], change["changed_at"])):
        histories.setdefault(change[subject], []).append(change)
    return [state for name, history in histories.items() for state in _states(name, history, attributes)]


def _states(subject: str, history: Sequence[Row], attributes: Sequence[str]) -> list[State]:
    starts: list[tuple[datetime, tuple[Any, ...]]] = []
    for change in history:
        values = tuple(change[name] for name in attributes)
        if not starts:
            starts.append((BEGINNING, values))
        elif values != starts[-1][1]:
            starts.append((change["changed_at"], values))
    ends = [start for start, _ in starts[1:]] + [END]
    return [State(subject, start, end, values) for (start, values), end in zip(starts, ends, strict=True)]
