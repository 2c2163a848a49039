"""What dbt made, read back, and compared with the oracle."""

from __future__ import annotations

from datetime import date
from typing import Any

import retail_oracle as oracle
from raw_tables import Raw
from snowflake_process import SnowflakeProcess

STAGING = {
    "stg_sales": """select store_token, transaction_id, receipt_token, transaction_time, amount, user_role
        from assay.staging.stg_sales""",
    "stg_stores": "select store_token, store_group, store_name, city, state, opened_on from assay.staging.stg_stores",
}
MARTS = {
    "daily_sales_by_store": """select sales_date, store_token, store_name, region, is_known_store, amount, refunded_amount,
        transactions from assay.marts.daily_sales_by_store""",
    "daily_sales_by_region": """select sales_date, region, amount, refunded_amount, transactions, stores
        from assay.marts.daily_sales_by_region""",
    "daily_baskets": """select sales_date, store_token, baskets, items, amount, items_per_basket, average_basket_amount,
        items_without_receipt from assay.marts.daily_baskets""",
}

Tables = dict[str, list[tuple[Any, ...]]]


def staging(snowflake: SnowflakeProcess) -> Tables:
    return {name: sorted(snowflake.rows(sql), key=repr) for name, sql in STAGING.items()}


def marts(snowflake: SnowflakeProcess, since: date = date.min) -> Tables:
    return {name: sorted(row for row in snowflake.rows(sql) if row[0] >= str(since)) for name, sql in MARTS.items()}


def every_column(snowflake: SnowflakeProcess, *names: str) -> Tables:
    return {name: sorted(snowflake.rows(f"select * from assay.{name}"), key=repr) for name in names}


def expected_staging(raw: Raw) -> Tables:
    sales, stores = oracle.judged_sales(raw.rows["sales"]), oracle.judged_stores(raw.rows["stores"])
    of_sales = [
        (s.store_token, s.transaction_id, s.receipt_token, str(s.time), str(s.amount.quantize(oracle.CENT)), s.user_role)
        for s in sales.latest.values()
    ]
    of_stores = [
        (s.store_token, s.store_group, s.store_name, s.city, s.state, str(s.opened_on) if s.opened_on else None)
        for s in stores.latest.values()
    ]
    return {"stg_sales": sorted(of_sales, key=repr), "stg_stores": sorted(of_stores, key=repr)}


def expected_marts(raw: Raw, since: date = date.min) -> Tables:
    sales = list(oracle.judged_sales(raw.rows["sales"]).latest.values())
    stores = oracle.judged_stores(raw.rows["stores"]).latest
    made = {
        "daily_sales_by_store": oracle.by_store(sales, stores),
        "daily_sales_by_region": oracle.by_region(sales, stores),
        "daily_baskets": oracle.baskets(sales),
    }
    return {name: [row for row in rows if row[0] >= str(since)] for name, rows in made.items()}


def check_accounting(raw: Raw) -> None:
    """Rows of RAW = headers + rejected + candidates, and the rejected ones are those."""
    for kind, judged in (
        ("sales", oracle.judged_sales(raw.rows["sales"])),
        ("stores", oracle.judged_stores(raw.rows["stores"])),
    ):
        rejected = raw.snowflake.rows(f"select file_name, file_row_number from assay.staging.stg_{kind}_rejected")
        assert sorted((name, int(row)) for name, row in rejected) == sorted(judged.rejected)
        counts = f"""select coalesce(count_if(is_header), 0), coalesce(count_if(is_candidate), 0), count(*)
            from assay.staging.base_{kind}"""
        [(headers, candidates, rows)] = raw.snowflake.rows(counts)
        assert (int(headers), int(candidates), int(rows)) == (judged.headers, judged.candidates, len(raw.rows[kind]))
        assert judged.headers + judged.candidates + len(judged.rejected) == len(raw.rows[kind])
