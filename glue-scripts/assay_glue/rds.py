"""Rows to a PostgreSQL staging table over JDBC."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import boto3
from pyspark.sql import DataFrame

BATCH_ROWS = 10_000


def connection_of(secret_arn: str) -> Mapping[str, Any]:
    """Host, port, dbname, username, password and, where TLS is not verified in full, sslmode."""
    answer = boto3.client("secretsmanager").get_secret_value(SecretId=secret_arn)
    return dict(json.loads(answer["SecretString"]))


def append_to(table: str, rows: DataFrame, connection: Mapping[str, Any]) -> None:
    """Appends the rows; each partition is one transaction, so a repeated run may leave rows of two attempts."""
    host, port, database = connection["host"], connection["port"], connection["dbname"]
    rows.write.jdbc(
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
            "stringtype": "unspecified",
        },
    )
