"""How the values of a column are spread: bars, counted where the rows are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assay_notebook.contract import NUMBER
from assay_notebook.profile import Profile, has_distribution

BINS = 20
# Of a longer time months are counted, not days.
MOST_DAYS = 62


@dataclass(frozen=True)
class Bar:
    # A bin's lower end, a day or a month.
    label: str
    rows: int


def distributions_sql(dataset: str, profiles: Sequence[Profile]) -> str | None:
    """A row a bar that is not empty; None where no column has a distribution."""
    selects = [
        f"select '{each.column}' as column_name, cast({_place_sql(each)} as varchar) as place, count(*) as row_count\n"
        f"from silver.{dataset} where {each.column} is not null group by {_place_sql(each)}"
        for each in profiles
        if has_distribution(each)
    ]
    return "\nunion all\n".join(selects) or None


def _place_sql(profile: Profile) -> str:
    if profile.kind != NUMBER:
        return f"substr(cast({profile.column} as varchar), 1, {_date_length(profile)})"
    low, width = bins_of(profile)
    # The greatest value stands in the last bin.
    bin_number = f"floor((cast({profile.column} as double) - ({_double_sql(low)})) / {_double_sql(width)})"
    return f"least(cast({bin_number} as bigint), {BINS - 1})"


def _double_sql(value: float) -> str:
    """Without an exponent it would be a decimal."""
    text = repr(value)
    return text if "e" in text else f"{text}e0"


def bins_of(profile: Profile) -> tuple[float, float]:
    """Where the first begins, and how wide each is."""
    low, high = float(profile.least or 0), float(profile.greatest or 0)
    return low, (high - low) / BINS or 1.0


def _date_length(profile: Profile) -> int:
    first, last = ((text or "")[:10] for text in (profile.least, profile.greatest))
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return len("2025-01-31") if days <= MOST_DAYS else len("2025-01")


def distributions_of(rows: Sequence[dict[str, Any]], profiles: Sequence[Profile]) -> dict[str, list[Bar]]:
    """Of each column in order, for numbers with the bins that are empty."""
    counted: dict[str, dict[str, int]] = {}
    for row in rows:
        counted.setdefault(row["column_name"], {})[str(row["place"])] = int(row["row_count"])
    return {each.column: _bars(counted[each.column], each) for each in profiles if each.column in counted}


def _bars(counted: dict[str, int], profile: Profile) -> list[Bar]:
    if profile.kind != NUMBER:
        return [Bar(label, rows) for label, rows in sorted(counted.items())]
    low, width = bins_of(profile)
    return [Bar(f"{low + number * width:.6g}", counted.get(str(number), 0)) for number in range(BINS)]
