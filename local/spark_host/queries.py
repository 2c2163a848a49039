"""Answers one Spark SQL query a connection, on the warm context."""

from __future__ import annotations

import datetime
import decimal
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from spark_host import wire
from spark_host.settings import CATALOG, lake_conf

MAX_ROWS = 100_000
MAX_QUERIES_AT_ONCE = 4
NESTED = (T.ArrayType, T.MapType, T.StructType)


class TooManyRows(Exception):
    """More rows than fit through the laptop's Athena."""


class Queries:
    """Queries see tables as they are now: their session's catalog caches nothing."""

    def __init__(self, root: SparkSession, token: str) -> None:
        self.root = root
        self.token = token
        self.session = root.newSession()
        conf = {
            **lake_conf(),
            f"{CATALOG}.cache-enabled": "false",
            # An inner CTE hides an outer one of the same name, as in Athena.
            "spark.sql.legacy.ctePrecedencePolicy": "CORRECTED",
        }
        for name, value in conf.items():
            self.session.conf.set(name, value)

    def serve(self, server: socket.socket) -> None:
        with ThreadPoolExecutor(MAX_QUERIES_AT_ONCE) as pool:
            while True:
                connection, _ = server.accept()
                pool.submit(self._answer, connection)

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                answer = self._query(wire.receive_trusted(connection, self.token)["sql"])
            except PySparkException as error:
                answer = {"error": str(error).split("\n\nJVM stacktrace:")[0]}
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            wire.send(connection, answer)

    def _query(self, sql: str) -> wire.Message:
        frame = self.session.sql(sql)
        rows = nested_as_json(frame).limit(MAX_ROWS + 1).collect()
        if len(rows) > MAX_ROWS:
            raise TooManyRows(f"more than {MAX_ROWS} rows: add a limit or an aggregation")
        return {
            "columns": frame.columns,
            "types": [athena_type(field.dataType) for field in frame.schema],
            "rows": [[as_text(value) for value in row] for row in rows],
        }


def nested_as_json(frame: DataFrame) -> DataFrame:
    """The same columns, arrays, maps and structs as JSON text. By position: a query may name two columns alike."""
    names = [f"c{index}" for index in range(len(frame.columns))]
    numbered = frame.toDF(*names)
    columns = [
        F.to_json(name, {"ignoreNullFields": "false"}).alias(name) if isinstance(field.dataType, NESTED) else F.col(name)
        for name, field in zip(names, frame.schema, strict=True)
    ]
    return numbered.select(*columns)


def athena_type(spark_type: T.DataType) -> str:
    """The type's name in Athena's column info."""
    if isinstance(spark_type, T.DecimalType):
        return "decimal"
    if isinstance(spark_type, T.ArrayType):
        return "array"
    if isinstance(spark_type, T.StructType):
        return "row"
    if isinstance(spark_type, T.MapType):
        return "map"
    names = {"string": "varchar", "int": "integer", "binary": "varbinary", "timestamp_ntz": "timestamp", "void": "unknown"}
    name = spark_type.simpleString()
    return names.get(name, name)


def as_text(value: Any) -> str | None:
    """A value as Athena writes it: decimals exact, dates and timestamps in ISO order, UTC."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="milliseconds")
    if isinstance(value, bytearray | bytes):
        return value.hex(" ")
    return str(value)
