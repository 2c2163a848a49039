"""Days in the window are rebuilt whole by every run; days before it are behind until somebody rebuilds them, and are named."""

from __future__ import annotations

from datetime import date, timedelta

from raw_tables import File, Line, Raw
from tables import expected_marts, expected_staging, marts, staging

LAST = date(2025, 3, 31)
FIRST = LAST - timedelta(days=20)
WINDOW = LAST - timedelta(days=7)
MARTS = ("daily_sales_by_store", "daily_sales_by_region", "daily_baskets")


def sale(day: date, transaction: str, amount: str = "10.00", store: str = "S1") -> Line:
    return store, transaction, "R1", f"{day} 10:00:00", amount, "STAFF"


def sales_of(day: date, suffix: str = "", *lines: Line) -> File:
    return File("sales", day, lines or [sale(day, f"{day}{suffix}")], suffix)


def load_days(raw: Raw) -> None:
    """Of three weeks, of which dbt has seen the first day only when the others come."""
    raw.load(File("stores", FIRST, [("G", "S1", "One", "Perth", "WA", "2020-01-01")]))
    raw.load(sales_of(FIRST, "", sale(FIRST, str(FIRST)), ("S1", "much", None, f"{FIRST} 10:00:00", "9007199254740993.01", "")))
    raw.snowflake.run()
    for days in range(1, 21):
        raw.load(sales_of(FIRST + timedelta(days=days)))
    raw.snowflake.run()


def test_late_batches_and_stores(raw: Raw) -> None:
    load_days(raw)
    # A mart that missed twenty days catches up, however short the window is.
    assert marts(raw.snowflake) == expected_marts(raw)
    idle = raw.snowflake.run()
    assert [idle[name].rows for name in ("stg_sales", "stg_stores", *MARTS)] == [0, 0, 8, 8, 8]

    # Late within the window and before it; a day whose only sale moves to another; sales of a store nobody knows.
    raw.load(sales_of(WINDOW, "_late"))
    raw.load(sales_of(FIRST, "_late"))
    gone = LAST - timedelta(days=2)
    raw.load(sales_of(LAST, "_mend", sale(LAST, str(gone)), sale(LAST, "u", store="S9"), sale(FIRST, "u2", store="S9")))
    built = raw.snowflake.build()
    assert staging(raw.snowflake) == expected_staging(raw)
    assert marts(raw.snowflake, WINDOW) == expected_marts(raw, WINDOW)
    assert not [row for row in marts(raw.snowflake)["daily_sales_by_store"] if row[0] == str(gone)]
    assert marts(raw.snowflake) != expected_marts(raw)
    unknown = "relationships_stg_sales_store_token__store_token__ref_stg_stores_"
    assert [built[name].status for name in ("no_day_is_behind", unknown)] == ["warn", "warn"]
    behind = raw.snowflake.rows("select distinct sales_date from assay.marts.marts_behind")
    assert behind == [(str(FIRST),)]

    raw.snowflake.run("--select", "marts", "--vars", f"{{rebuild_from: {FIRST}}}")
    assert marts(raw.snowflake) == expected_marts(raw)
    assert ("2025-03-31", "unknown") in [row[:2] for row in marts(raw.snowflake)["daily_sales_by_region"]]

    # The store comes: its sales find their region in the window, before it they are behind.
    raw.load(File("stores", LAST, [("G", "S9", "Nine", "Hobart", "TAS", "")]))
    assert raw.snowflake.build()["no_day_is_behind"].status == "warn"
    assert marts(raw.snowflake, WINDOW) == expected_marts(raw, WINDOW)
    behind = raw.snowflake.rows("select sales_date, member from assay.marts.marts_behind order by member")
    assert behind == [(str(FIRST), "TAS"), (str(FIRST), "unknown")]
    raw.snowflake.run("--select", "marts", "--full-refresh")
    assert marts(raw.snowflake) == expected_marts(raw)


def test_what_breaks_an_invariant_is_found(raw: Raw) -> None:
    raw.load(sales_of(LAST))
    raw.load(sales_of(WINDOW))
    raw.snowflake.run()
    raw.snowflake.rows("update assay.marts.daily_baskets set items = items + 1")
    raw.snowflake.rows(f"delete from assay.staging.stg_sales where batch_date = '{WINDOW}'")
    raw.snowflake.rows("update assay.staging.stg_sales set store_token = 'STORE_TOKEN', transaction_id = 'TRANSACTION_ID'")
    outcome = raw.snowflake.dbt("test")
    failed = {name for name, result in outcome.results.items() if result.status == "fail"}
    assert failed == {
        "no_header_in_staging",
        "marts_equal_staging_within_the_window",
        "latest_rows_of_stg_sales_store_token__transaction_id__ref_base_sales_",
    }
