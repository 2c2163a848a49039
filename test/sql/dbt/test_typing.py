"""Text to values, and the reason of every row that has none."""

from __future__ import annotations

from datetime import date

from raw_tables import File, Line, Raw

TIMES = {
    "2025-01-11 09:30:00": "2025-01-11 09:30:00",
    "2025-01-11T09:30:00": "2025-01-11 09:30:00",
    " 2025-01-11T09:30:00Z ": "2025-01-11 09:30:00",
    "2025-01-11T09:30:00.25": "2025-01-11 09:30:00.250000",
    "2025-01-11 09:30:00.123456+10:30": "2025-01-10 23:00:00.123456",
    "2025-12-31T23:30:00-05:00": "2026-01-01 04:30:00",
    "2025-02-29 09:30:00": None,
    "2025-01-11": None,
    "2025-01-11 24:00:00": None,
    "2025-01-11 09:30": None,
    "11/01/2025 09:30:00": None,
    "2025-01-11 09:30:00+15:00": None,
}
AMOUNTS = {
    "12": "12.00",
    "-0.5": "-0.50",
    "+9999999999999999.99": "9999999999999999.99",
    "12345678901234567": None,
    "1.005": None,
    "1e3": None,
    "1,50": None,
    "$5": None,
}


def test_times_amounts_and_reasons(raw: Raw) -> None:
    good = "2025-01-11 09:30:00"
    lines: list[Line] = [("S1", f"time {time}", "R1", time, "1", "STAFF") for time in TIMES]
    lines += [("S1", f"amount {amount}", "R1", good, amount, "STAFF") for amount in AMOUNTS]
    lines += [("S1", f"missing {time}{amount}", None, time, amount, None) for time, amount in [("", "1"), (good, None)]]
    lines += [("S1", "too many", "R1", good, "1", "STAFF", "7")]
    raw.load(File("sales", date(2025, 1, 11), [*lines, (" ", "", None, "soon", "much", None)]))
    stores: list[Line] = [("G", "S1", "N", "C", "NSW", "2019-02-29"), ("G", "", "N", "C", "NSW", "")]
    stores += [("G", "S2", "N", "Town of 1770", "12.50", None), ("G", "S3", "N", "Town of 1770", "New South Wales", None)]
    raw.load(File("stores", date(2025, 1, 11), stores))
    raw.snowflake.run("--select", "base_sales", "base_stores", "stg_sales_rejected", "stg_stores_rejected")
    typed: dict[str, str | None] = dict(
        raw.snowflake.rows("select transaction_id, transaction_time from assay.staging.base_sales")
    )
    assert {time: typed[f"time {time}".strip()] for time in TIMES} == TIMES
    amounts: dict[str, str | None] = dict(raw.snowflake.rows("select transaction_id, amount from assay.staging.base_sales"))
    assert {amount: amounts[f"amount {amount}"] for amount in AMOUNTS} == AMOUNTS
    reasons = raw.snowflake.rows(
        "select rejected_for from assay.staging.stg_sales_rejected order by file_row_number desc limit 4"
    )
    no_keys = "store_token: missing; transaction_id: missing; "
    bad_values = "transaction_time: not yyyy-MM-dd HH:mm:ss; amount: not a decimal(18, 2)"
    assert reasons == [
        (no_keys + bad_values,),
        ("more cells than columns",),
        ("amount: missing",),
        ("transaction_time: missing",),
    ]
    of_stores = raw.snowflake.rows("select rejected_for from assay.staging.stg_stores_rejected order by file_row_number")
    assert of_stores == [("opened_on: not yyyy-MM-dd",), ("store_token: missing",), ("state: has a digit",)]
