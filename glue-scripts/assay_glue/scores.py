"""The four scores of a file, each with its numerator and denominator, over the whole file before any row is set aside.

completeness = filled required cells / required cells
validity = well-formed cells / non-empty cells that have a type, format, range or enum rule
accuracy = rows that pass every business rule / rows
consistency = rows whose key is unique in the file and whose references resolve / rows

A row that cannot be divided into cells has none of them: its required cells are not filled, it passes no business rule,
and it has no key. A key with an empty part is not unique. Source: design section 4; docs/quality.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assay_glue.errors import TerminalError

MOST_RULES = 3
DIMENSIONS = ("completeness", "validity", "accuracy", "consistency")


@dataclass(frozen=True)
class Score:
    """``passed`` of ``total`` cells or rows; ``threshold`` is the least share, as decimal text."""

    passed: int
    total: int
    threshold: str

    @property
    def value(self) -> Fraction:
        """Exact; 1 where there was nothing to judge."""
        return Fraction(self.passed, self.total) if self.total else Fraction(1)

    @property
    def is_met(self) -> bool:
        return self.value >= Fraction(self.threshold)


@dataclass(frozen=True)
class FailedRule:
    """How many rows a rule failed for; ``column`` is None where it is about whole rows. It lowers these ``dimensions``."""

    rule: str
    column: str | None
    rows: int
    dimensions: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule if self.column is None else f'{self.column}: {self.rule}'} ({self.rows} rows)"


def below(scores: Mapping[str, Score]) -> set[str]:
    """The dimensions whose score is too low."""
    return {dimension for dimension, score in scores.items() if not score.is_met}


def check(scores: Mapping[str, Score], failed: Sequence[FailedRule]) -> None:
    """Raises BelowThreshold when one of the scores is not met, with the rules that lowered it most."""
    below = [
        f"{dimension} is {float(score.value):.6f} ({score.passed} of {score.total}), below {score.threshold}, "
        f"most for {', '.join([str(rule) for rule in failed if dimension in rule.dimensions][:MOST_RULES])}"
        for dimension, score in scores.items()
        if not score.is_met
    ]
    if below:
        raise TerminalError(
            "BelowThreshold",
            f"{'; '.join(below)}. Nothing was published. "
            "Mend the file, or the contract, and drop the file again under the same name",
        )
