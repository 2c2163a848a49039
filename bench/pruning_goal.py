"""A ratio that was measured, and the goal that it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    what: str
    ratio: float
    at_most: float

    @property
    def is_held(self) -> bool:
        return self.ratio <= self.at_most

    def line(self) -> str:
        return f"{self.what:56}{self.ratio:>9.3f}{f'<= {self.at_most:.2f}':>10}  {'held' if self.is_held else 'MISSED'}"


def report(goals: Sequence[Goal]) -> bool:
    """Whether all are held."""
    print(f"\n{'':56}{'ratio':>9}{'goal':>10}")
    for goal in goals:
        print(goal.line())
    return all(goal.is_held for goal in goals)
