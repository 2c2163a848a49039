"""Loads that are seen late, batches that come late, and replays that bring other rows."""

from __future__ import annotations

from datetime import date, timedelta

from raw_tables import NOON, File, Line, Raw
from tables import check_accounting, expected_marts, expected_staging, marts, staging

MONDAY = date(2025, 1, 6)
TUESDAY = date(2025, 1, 7)


def sale(transaction: str, amount: str, day: date = MONDAY) -> Line:
    return "S1", transaction, "R1", f"{day} 10:00:00", amount, "STAFF"


def check(raw: Raw, rows: int) -> None:
    """One more run changes so many rows of stg_sales, and leaves what the oracle says."""
    assert raw.snowflake.run()["stg_sales"].rows == rows
    assert staging(raw.snowflake) == expected_staging(raw)
    assert marts(raw.snowflake) == expected_marts(raw)


def test_late_loads_and_replays(raw: Raw) -> None:
    raw.load(File("sales", TUESDAY, [sale("A", "2.00"), sale("B", "3.00"), sale("C", "4.00")]))
    raw.snowflake.run()
    # An old batch that comes late: A stays, D is new. Its load began before the other's, and was seen after it.
    raw.load(File("sales", MONDAY, [sale("A", "1.00"), sale("D", "5.00")]), NOON - timedelta(hours=2))
    check(raw, rows=1)
    check(raw, rows=0)
    # Replayed as it was: the same values, from the new load.
    raw.load(File("sales", TUESDAY, [sale("A", "2.00"), sale("B", "3.00"), sale("C", "4.00")]))
    check(raw, rows=3)
    check(raw, rows=0)
    # Replayed without its first row: A has Monday's values again; B is corrected, C can no longer be read and goes.
    raw.load(File("sales", TUESDAY, [sale("B", "3.50"), sale("C", "much")]))
    check(raw, rows=3)
    check(raw, rows=0)
    check_accounting(raw)
