"""Statements about the account, which fakesnow does not execute: read strictly, and given their effect on ``Account``.

What is not in this file, or has a property that is not, is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from snowflake_host.account import Account
from snowflake_host.errors import insufficient, missing, unsupported
from snowflake_host.grants import read_grant
from snowflake_host.words import NAME, Kind, Words

PROPERTIES: dict[str, dict[str, Kind]] = {
    "WAREHOUSE": {
        "WAREHOUSE_SIZE": ("XSMALL", "SMALL", "MEDIUM", "LARGE"),
        "AUTO_SUSPEND": int,
        "AUTO_RESUME": bool,
        "INITIALLY_SUSPENDED": bool,
        "STATEMENT_TIMEOUT_IN_SECONDS": int,
        "RESOURCE_MONITOR": NAME,
        "COMMENT": str,
    },
    "INTEGRATION": {
        "TYPE": ("EXTERNAL_STAGE",),
        "STORAGE_PROVIDER": ("S3",),
        "ENABLED": bool,
        "STORAGE_AWS_ROLE_ARN": str,
        "STORAGE_ALLOWED_LOCATIONS": list[str],
        "COMMENT": str,
    },
    "NETWORK POLICY": {"ALLOWED_IP_LIST": list[str], "COMMENT": str},
    "ROLE": {"COMMENT": str},
    "USER": {
        "TYPE": ("SERVICE",),
        "DEFAULT_ROLE": NAME,
        "DEFAULT_WAREHOUSE": NAME,
        "RSA_PUBLIC_KEY": str,
        "RSA_PUBLIC_KEY_2": str,
        "NETWORK_POLICY": NAME,
        "COMMENT": str,
    },
    "STAGE": {"URL": str, "STORAGE_INTEGRATION": NAME, "COMMENT": str},
    "RESOURCE MONITOR": {},
}
# Which of Snowflake's roles may create it, without being granted to.
CREATORS = {
    "WAREHOUSE": "SYSADMIN",
    "INTEGRATION": "ACCOUNTADMIN",
    "NETWORK POLICY": "SECURITYADMIN",
    "ROLE": "USERADMIN",
    "USER": "USERADMIN",
    "RESOURCE MONITOR": "ACCOUNTADMIN",
}
Effect = Callable[[], str]


def read(sql: str, account: Account, role: str, qualify: Callable[[str], str]) -> Effect | None:
    """The statement's effect, which says its outcome; none when the statement is not about the account.

    ``qualify`` completes the name of an object in a schema.
    """
    words = Words(sql)
    if words.accept("GRANT"):
        return read_grant(words, account, role, qualify)
    verb = next((verb for verb in ("CREATE", "ALTER") if words.accept(verb)), None)
    kind = _kind(words) if verb else None
    if verb is None or kind is None:
        return None
    if_missing = verb == "CREATE" and words.accept("IF", "NOT", "EXISTS")
    name = words.name()
    name = qualify(name) if kind == "STAGE" else name
    if verb == "CREATE":
        words.accept("WITH")
        properties = _properties(words, kind)
        return lambda: _create(account, role, kind, name, properties, if_missing)
    words.expect("SET")
    changed = _properties(words, kind)
    return lambda: _alter(account, role, kind, name, changed)


def _kind(words: Words) -> str | None:
    if words.sees("OR", "REPLACE", "STAGE") or words.sees("OR", "REPLACE", "WAREHOUSE"):
        raise unsupported("CREATE OR REPLACE of an object of the account")
    # One word to sqlglot, if a single space is between them.
    if words.accept("STORAGE", "INTEGRATION") or words.accept("STORAGE INTEGRATION"):
        return "INTEGRATION"
    return next((kind for kind in PROPERTIES if words.accept(*kind.split())), None)


def _properties(words: Words, kind: str) -> dict[str, Any]:
    if kind == "RESOURCE MONITOR":
        return _monitor(words)
    return words.options(PROPERTIES[kind])


def _monitor(words: Words) -> dict[str, Any]:
    """``credit_quota = N frequency = monthly start_timestamp = immediately triggers on N percent do …``"""
    found: dict[str, Any] = {"TRIGGERS": []}
    kinds: dict[str, Kind] = {"CREDIT_QUOTA": int, "FREQUENCY": ("MONTHLY",), "START_TIMESTAMP": ("IMMEDIATELY",)}
    for name, kind in kinds.items():
        words.expect(name)
        words.expect("=")
        found[name] = words.value(name, kind)
    words.expect("TRIGGERS")
    while words.accept("ON"):
        percent = words.number()
        words.expect("PERCENT", "DO")
        found["TRIGGERS"].append([percent, words.word()])
    words.end()
    return found


def _create(account: Account, role: str, kind: str, name: str, properties: dict[str, Any], if_missing: bool) -> str:
    if _exists(account, kind, name):
        if if_missing:
            return f"{name} already exists, statement succeeded."
        raise unsupported(f"CREATE {kind} without IF NOT EXISTS, of one that exists")
    _require_creator(account, role, kind, name)
    _check(account, role, kind, properties)
    with account.lock:
        if kind == "ROLE":
            account.contents.roles[name] = []
            account.own(kind, name, role)
        elif kind == "USER":
            account.contents.users[name] = properties
            account.own(kind, name, role)
        else:
            account.put(kind, name, properties, role)
        account.save()
    return f"{kind.capitalize()} {name} successfully created."


def _alter(account: Account, role: str, kind: str, name: str, properties: dict[str, Any]) -> str:
    if not _exists(account, kind, name):
        raise missing(kind, name)
    if not account.owns(role, kind, name) and not (kind == "USER" and "SECURITYADMIN" in account.roles_of(role)):
        raise insufficient(kind, name)
    _check(account, role, kind, properties)
    with account.lock:
        if kind == "USER":
            account.contents.users[name].update(properties)
        else:
            account.put(kind, name, properties)
        account.save()
    return "Statement executed successfully."


def _exists(account: Account, kind: str, name: str) -> bool:
    if kind == "ROLE":
        return name in account.contents.roles
    return name in account.contents.users if kind == "USER" else account.find(kind, name) is not None


def _require_creator(account: Account, role: str, kind: str, name: str) -> None:
    if kind == "STAGE":
        schema = name.rpartition(".")[0]
        allowed = account.may(role, "CREATE STAGE", "SCHEMA", schema)
    else:
        allowed = CREATORS[kind] in account.roles_of(role)
    if not allowed:
        raise insufficient("account" if kind != "STAGE" else "schema", name)


def _check(account: Account, role: str, kind: str, properties: dict[str, Any]) -> None:
    """That what it names exists, and a stage lies in what its integration allows."""
    for option, of in (("RESOURCE_MONITOR", "RESOURCE MONITOR"), ("NETWORK_POLICY", "NETWORK POLICY")):
        if option in properties and account.find(of, properties[option]) is None:
            raise missing(of, properties[option])
    if kind != "STAGE" or "STORAGE_INTEGRATION" not in properties:
        return
    name = properties["STORAGE_INTEGRATION"]
    integration = account.find("INTEGRATION", name)
    if integration is None or not account.may(role, "USAGE", "INTEGRATION", name):
        raise missing("integration", name)
    if not any(properties.get("URL", "").startswith(place) for place in integration["STORAGE_ALLOWED_LOCATIONS"]):
        raise unsupported(f"a stage outside of what the integration {name} allows")
