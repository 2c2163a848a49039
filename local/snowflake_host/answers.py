"""Answers of the SQL API, in the shapes of Snowflake's reference."""

from __future__ import annotations

from typing import Any

from snowflake_host.errors import SnowflakeError
from snowflake_host.statements import Statement

Answer = tuple[int, dict[str, Any]]
PATH = "/api/v2/statements"


def of_statement(statement: Statement, partition: int | None = None) -> Answer:
    if not statement.ended.is_set():
        message = "Asynchronous execution in progress. Use provided query id to perform query monitoring and management."
        return 202, {"code": "333334", "message": message, **_about(statement)}
    if statement.error:
        return of_error(statement.error, _about(statement))
    assert statement.result is not None
    partitions = statement.result.partitions
    if partition is not None and not 0 <= partition < len(partitions):
        return 400, {"code": "391918", "message": f"partition {partition} does not exist"}
    if partition:
        return 200, {"data": partitions[partition]}
    done = {"code": "090001", "sqlState": "00000", "message": "Statement executed successfully.", **_about(statement)}
    handles = {"statementHandles": [part.handle for part in statement.parts]} if statement.parts else {}
    return 200, {"resultSetMetaData": statement.result.meta(), "data": partitions[0], **done, **handles}


def of_error(error: SnowflakeError, about: dict[str, Any] | None = None) -> Answer:
    status = 408 if error.code == "000630" else 422
    return status, {"code": error.code, "sqlState": error.sql_state, "message": str(error), **(about or {})}


def of_cancel(statement: Statement) -> Answer:
    if statement.ended.is_set():
        return 422, {
            "code": "000709",
            "sqlState": "02000",
            "message": f"Statement {statement.handle} not found",
            **_about(statement),
        }
    return 200, {"code": "000604", "sqlState": "57014", "message": "SQL execution canceled", **_about(statement)}


def _about(statement: Statement) -> dict[str, Any]:
    return {
        "statementHandle": statement.handle,
        "statementStatusUrl": f"{PATH}/{statement.handle}",
        "createdOn": int(statement.created * 1000),
    }
