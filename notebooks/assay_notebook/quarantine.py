"""Why rows are in quarantine: rules and columns, never values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Between a row's reasons, and between the rule and the column of one; no name has them.
REASON_END, PART_END = "\x1e", "\x1f"
WHOLE_ROW = ""


@dataclass(frozen=True)
class Refused:
    """Rows of a run that broke the same rules."""

    run: str
    day: str
    # Rule and column, or the columns of a business rule; WHOLE_ROW for a reason about none.
    reasons: frozenset[tuple[str, str]]
    rows: int


def refused_sql(dataset: str) -> str:
    """Rows that are there: not those that a release brought back, as `assay quarantine list` counts."""
    return f"""with broken as (
select _run_id, cast(ingestion_date as varchar) as day, array_join(transform(reasons,
reason -> concat(reason.rule, chr({ord(PART_END)}), coalesce(reason.column, ''))), chr({ord(REASON_END)})) as broken_rules
from quarantine.{dataset} where _released_by is null
) select _run_id, day, broken_rules, count(*) as row_count from broken
group by _run_id, day, broken_rules order by day, _run_id, broken_rules"""


def refused_of(rows: Sequence[dict[str, Any]]) -> list[Refused]:
    return [Refused(row["_run_id"], row["day"], _reasons(row["broken_rules"] or ""), int(row["row_count"])) for row in rows]


def _reasons(text: str) -> frozenset[tuple[str, str]]:
    pairs = [part.partition(PART_END) for part in text.split(REASON_END) if part]
    return frozenset((rule, column) for rule, _, column in pairs)


def rows_by_reason(refused: Sequence[Refused]) -> list[tuple[str, str, int]]:
    """Rule, column, rows that broke it; a row may have broken several. Most first."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in refused:
        for reason in each.reasons:
            counts[reason] += each.rows
    return [(rule, column, rows) for (rule, column), rows in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def rows_by_run(refused: Sequence[Refused]) -> dict[str, int]:
    """Each row once, whatever it broke."""
    counts: Counter[str] = Counter()
    for each in refused:
        counts[each.run] += each.rows
    return dict(counts)


def rows_by_day(refused: Sequence[Refused]) -> dict[str, dict[str, int]]:
    """Per day in order: reason as text → rows."""
    days: dict[str, Counter[str]] = {}
    for each in sorted(refused, key=lambda one: one.day):
        for rule, column in each.reasons:
            days.setdefault(each.day, Counter())[reason_text(rule, column)] += each.rows
    return {day: dict(counts) for day, counts in days.items()}


def reason_text(rule: str, column: str) -> str:
    return rule if column == WHOLE_ROW else f"{column}: {rule}"
