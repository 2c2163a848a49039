"""The peer: DuckDB asks the same of the same rows, which lie in Parquet files in the order of their days."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from psycopg import Connection
from star_schema import rows

TABLES = {
    "fact_sales": "date_key",
    "fact_web_events": "date_key",
    "fact_inventory": "date_key",
    "dim_customer": "customer_id, valid_from",
    "dim_product": "product_id, valid_from",
}
COLUMNS = """select column_name, case when data_type like 'char%' then 'varchar'
    when data_type like 'timestamp%' then 'timestamp' when data_type = 'numeric' then 'decimal(18, 2)' else data_type end
    from information_schema.columns where table_schema = 'core' and table_name = '{}' order by ordinal_position"""


class Peer:
    def __init__(self, connection: Connection, folder: Path) -> None:
        self._lake = duckdb.connect()
        self._lake.execute("create schema core; create macro add_months(day, n) as cast(day + to_months(n) as date)")
        for table, order in TABLES.items():
            self._export(connection, table, order, folder)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self._lake.execute(sql).fetchall()

    def _export(self, connection: Connection, table: str, order: str, folder: Path) -> None:
        text, parquet = folder / f"{table}.csv", folder / f"{table}.parquet"
        copied = f"copy (select * from core.{table} order by {order}) to stdout (format csv, header)"
        with text.open("wb") as out, connection.cursor() as cursor, cursor.copy(copied.encode()) as copy:
            for block in copy:
                out.write(block)
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in rows(connection, COLUMNS.format(table)))
        read = f"read_csv('{text}', header = true, columns = {{{types}}})"
        self._lake.execute(f"copy (select * from {read}) to '{parquet}' (format parquet)")
        text.unlink()
        self._lake.execute(f"create view core.{table} as select * from '{parquet}'")
