"""Rows to a PostgreSQL staging table over JDBC."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import boto3
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

BATCH_ROWS = 10_000


def connection_of(secret_arn: str) -> Mapping[str, Any]:
    """Host, port, dbname, username, password and, where TLS is not verified in full, sslmode."""
    answer = boto3.client("secretsmanager").get_secret_value(SecretId=secret_arn)
    return dict(json.loads(answer["SecretString"]))


def append_to(table: str, rows: DataFrame, connection: Mapping[str, Any]) -> None:
    """Appends the rows; each partition is one transaction, so a repeated run may leave rows of two attempts."""
    host, port, database = connection["host"], connection["port"], connection["dbname"]
    _with_dates_as_text(rows).write.jdbc(
        f"jdbc:postgresql://{host}:{port}/{database}?reWriteBatchedInserts=true",
        table,
        mode="append",
        properties={
            "driver": "org.postgresql.Driver",
            "user": connection["username"],
            "password": connection["password"],
            # The system's certificate authorities do not know the database's; Glue's JVM does.
            "sslmode": connection.get("sslmode", "require"),
            "batchsize": str(BATCH_ROWS),
            # Text becomes what the column is.
            "stringtype": "unspecified",
        },
    )


def _with_dates_as_text(rows: DataFrame) -> DataFrame:
    """JDBC's dates jump from 1582-10-04 to 1582-10-15; the days between are as good as any others here and in PostgreSQL."""
    return rows.select(*[F.col(name).cast("string") if type == "date" else F.col(name) for name, type in rows.dtypes])
