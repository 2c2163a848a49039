"""The peer: one DuckDB script that does the same work without any of the promises.

Reads the file, keeps the rows in a Parquet file, sums per customer, replaces the rows in PostgreSQL by COPY. No checks,
no quarantine, no history, nothing that survives being killed. Prints the seconds it took and the total.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
import psycopg

SUMMARY = """
select
    customer_id,
    first(first_name || ' ' || last_name order by purchase_date desc),
    first(email order by purchase_date desc),
    sum(amount_aud),
    min(purchase_date),
    max(purchase_date)
from purchases group by customer_id
"""
TYPES = "{'amount_aud': 'decimal(18,2)', 'customer_id': 'varchar', 'purchase_id': 'varchar', 'purchase_date': 'date'}"


def main(csv: str, database: str, work: str) -> None:
    started = time.perf_counter()
    lake = duckdb.connect()
    lake.sql(f"create table purchases as from read_csv('{csv}', types = {TYPES})")
    lake.sql(f"copy purchases to '{Path(work) / 'purchases.parquet'}'")
    rows = lake.sql(SUMMARY).fetchall()
    with psycopg.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("create temp table peer_summary (a text, b text, c text, d numeric(18,2), e date, f date)")
        with cursor.copy("copy peer_summary from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("select sum(d) from peer_summary")
        (total,) = cursor.fetchone() or (None,)
    print(f"{time.perf_counter() - started:.2f} {total}")


if __name__ == "__main__":
    main(*sys.argv[1:4])
