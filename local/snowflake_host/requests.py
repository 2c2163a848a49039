"""What a request of the SQL API says, checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from snowflake_host.errors import SnowflakeError, unsupported
from snowflake_host.words import split

KNOWN = {"statement", "timeout", "database", "schema", "warehouse", "role", "bindings", "parameters"}
PARAMETERS = {"MULTI_STATEMENT_COUNT", "QUERY_TAG", "TIMEZONE"}


@dataclass(frozen=True)
class Submission:
    statements: list[str]
    place: dict[str, str | None]
    role: str | None
    values: list[Any] = field(default_factory=list)
    # In seconds; 0 is no limit of the request's own.
    timeout: int = 0
    is_multiple: bool = False


def read_submission(body: dict[str, Any]) -> Submission:
    if unknown := set(body) - KNOWN:
        raise unsupported(f"field {min(unknown)} of the request")
    parameters = {name.upper(): value for name, value in body.get("parameters", {}).items()}
    if unknown := set(parameters) - PARAMETERS:
        raise unsupported(f"parameter {min(unknown)}")
    if str(parameters.get("TIMEZONE", "UTC")).upper() not in ("UTC", "ETC/UTC"):
        raise unsupported("parameter TIMEZONE other than UTC")
    statements = split(str(body.get("statement", "")))
    wanted = int(parameters.get("MULTI_STATEMENT_COUNT", 1))
    if wanted not in (0, len(statements)) or not statements:
        message = f"Actual statement count {len(statements)} did not match the desired statement count {wanted}."
        raise SnowflakeError("000008", "0A000", message)
    if body.get("bindings") and len(statements) > 1:
        raise unsupported("variable binding in multi-statement requests")
    place = {name: body.get(name) for name in ("warehouse", "database", "schema")}
    return Submission(
        statements, place, body.get("role"), _values(body.get("bindings") or {}), int(body.get("timeout") or 0), wanted != 1
    )


def _values(bindings: dict[str, dict[str, Any]]) -> list[Any]:
    places = sorted(bindings, key=int)
    if places != [str(n + 1) for n in range(len(places))]:
        raise SnowflakeError("002049", "42601", "SQL compilation error:\nBind variables are not numbered from 1 on.")
    return [_value(bindings[place]) for place in places]


def _value(binding: dict[str, Any]) -> Any:
    kind, value = str(binding.get("type", "")).upper(), binding.get("value")
    if value is None:
        return None
    if kind == "FIXED":
        return int(value)
    if kind == "REAL":
        return float(value)
    if kind == "BOOLEAN":
        return str(value).lower() == "true"
    if kind == "TEXT":
        return str(value)
    raise unsupported(f"binding of type {kind}")
