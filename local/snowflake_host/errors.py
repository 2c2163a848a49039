"""Errors as Snowflake names them: a code of six digits, an SQL state, a message."""

from __future__ import annotations


class SnowflakeError(Exception):
    def __init__(self, code: str, sql_state: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.sql_state = sql_state


def unsupported(what: str) -> SnowflakeError:
    """For what Snowflake may know and the laptop does not: refused by name, never ignored."""
    return SnowflakeError("000002", "0A000", f"Unsupported feature '{what}': the laptop's Snowflake does not execute it.")


def syntax(message: str) -> SnowflakeError:
    return SnowflakeError("001003", "42000", f"SQL compilation error:\n{message}")


def invalid_value(value: str, option: str) -> SnowflakeError:
    return SnowflakeError("001008", "22023", f"SQL compilation error:\ninvalid value [{value}] for parameter '{option}'")


def missing(kind: str, name: str) -> SnowflakeError:
    """Snowflake does not say which of the two it is."""
    message = f"SQL compilation error:\n{kind.capitalize()} '{name}' does not exist or not authorized."
    return SnowflakeError("002003", "02000" if kind != "object" else "42S02", message)


def insufficient(kind: str, name: str) -> SnowflakeError:
    message = f"SQL access control error:\nInsufficient privileges to operate on {kind.lower()} '{name}'"
    return SnowflakeError("003001", "42501", message)
