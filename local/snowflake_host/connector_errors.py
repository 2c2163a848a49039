"""Errors as Snowflake's connector raises them, and back."""

from __future__ import annotations

import re

import snowflake.connector

from snowflake_host.errors import SnowflakeError


def programming_error(error: SnowflakeError) -> Exception:
    raised: Exception = snowflake.connector.errors.ProgrammingError(
        msg=str(error), errno=int(error.code), sqlstate=error.sql_state
    )
    return raised


def snowflake_error(error: Exception) -> SnowflakeError:
    """Of what a cursor raised."""
    if isinstance(error.__cause__, SnowflakeError):
        return error.__cause__
    if isinstance(error, snowflake.connector.errors.Error):
        message = re.sub(r"^\d{6} \(\w{5}\): (?:[\w-]+: )?", "", str(error.msg))
        return SnowflakeError(f"{error.errno:06}", error.sqlstate or "00000", message)
    return SnowflakeError("000603", "XX000", f"SQL execution internal error: {error}")
