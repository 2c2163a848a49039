"""The profile of every column, computed where the rows are: in SQL that Athena and the laptop understand alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assay_notebook.contract import MOMENT, NUMBER, Column

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
TOP = 8
NOTHING = "cast(null as varchar)"


@dataclass(frozen=True)
class Profile:
    column: str
    kind: str
    is_private: bool
    rows: int
    filled: int
    distinct: int
    # As text: exact, and what is not to be shown is None.
    least: str | None
    greatest: str | None
    shortest: int | None
    longest: int | None
    # Of numbers; approximate, as approx_percentile is.
    quantiles: dict[str, float]

    @property
    def filled_share(self) -> float:
        return self.filled / self.rows if self.rows else 0

    def document(self) -> dict[str, Any]:
        return asdict(self)


def profile_sql(dataset: str, columns: Sequence[Column]) -> str:
    """A row a column."""
    return "\nunion all\n".join(_select(dataset, column) for column in columns)


def _select(dataset: str, column: Column) -> str:
    name = column.name
    is_shown, is_number = not column.is_private, column.kind == NUMBER and not column.is_private
    parts = {
        "column_name": f"'{name}'",
        "row_count": "count(*)",
        "filled": f"count({name})",
        "distinct_count": f"count(distinct {name})",
        "least": f"cast(min({name}) as varchar)" if is_shown else NOTHING,
        "greatest": f"cast(max({name}) as varchar)" if is_shown else NOTHING,
        "shortest": f"min(length(cast({name} as varchar)))",
        "longest": f"max(length(cast({name} as varchar)))",
        **{
            alias: f"cast(approx_percentile(cast({name} as double), {share}) as varchar)" if is_number else NOTHING
            for alias, share in QUANTILES.items()
        },
    }
    return f"select {', '.join(f'{sql} as {alias}' for alias, sql in parts.items())} from silver.{dataset}"


def profiles_of(rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> list[Profile]:
    """In the contract's order."""
    found = {row["column_name"]: row for row in rows}
    return [_profile(found[column.name], column) for column in columns]


def _profile(row: dict[str, Any], column: Column) -> Profile:
    def whole(name: str) -> int | None:
        return None if row[name] is None else int(row[name])

    return Profile(
        column=column.name,
        kind=column.kind,
        is_private=column.is_private,
        rows=int(row["row_count"]),
        filled=int(row["filled"]),
        distinct=int(row["distinct_count"]),
        least=row["least"],
        greatest=row["greatest"],
        shortest=whole("shortest"),
        longest=whole("longest"),
        quantiles={name: float(row[name]) for name in QUANTILES if row[name] is not None},
    )


def has_repeats(profile: Profile) -> bool:
    """Whether its most frequent values say something, and may be shown."""
    return not profile.is_private and 0 < profile.distinct < profile.filled


def top_values_sql(dataset: str, profiles: Sequence[Profile]) -> str | None:
    """The most frequent values of each such column; None where no column has any."""
    counted = [
        f"select '{each.column}' as column_name, cast({each.column} as varchar) as shown, count(*) as row_count\n"
        f"from silver.{dataset} where {each.column} is not null group by {each.column}"
        for each in profiles
        if has_repeats(each)
    ]
    if not counted:
        return None
    all_of_them = "\nunion all\n".join(counted)
    return f"""with counted as (
{all_of_them}
), ranked as (
select column_name, shown, row_count,
row_number() over (partition by column_name order by row_count desc, shown) as place from counted
) select column_name, shown, row_count from ranked where place <= {TOP} order by column_name, place"""


def top_values_of(rows: Sequence[dict[str, Any]]) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        found.setdefault(row["column_name"], []).append((str(row["shown"]), int(row["row_count"])))
    return found


def has_distribution(profile: Profile) -> bool:
    return not profile.is_private and profile.filled > 0 and profile.kind in (NUMBER, MOMENT)
