"""Answers Athena queries from the warm Spark, in place of ministack's DuckDB, which cannot read Iceberg tables here."""

from __future__ import annotations

import asyncio
from typing import Any

from ministack.services import athena

from emulator import athena_catalog
from emulator.spark import Spark


def install(spark: Spark) -> None:
    async def run(query: str, database: str, catalog: str | None = None) -> dict[str, Any]:
        return await asyncio.to_thread(_answer, query, database, spark)

    athena.ATHENA_ENGINE = "duckdb"
    athena._run_duckdb = run
    # Statements that change something reach the check for reading below, instead of ministack's own DDL.
    athena._parse_ddl = lambda query: None


def _answer(query: str, database: str, spark: Spark) -> dict[str, Any]:
    # sqlglot takes a quarter of a second to load, which nobody should wait for who queries nothing.
    from emulator.athena_sql import to_spark

    listing = athena_catalog.answer(query, database)
    if listing is not None:
        return listing
    result = spark.query(to_spark(query, database, athena_catalog.view_definition))
    return {"columns": result["columns"], "column_types": result["types"], "rows": result["rows"]}
