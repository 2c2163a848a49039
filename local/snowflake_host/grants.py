"""``grant``: roles to roles and users, privileges on objects to roles."""

from __future__ import annotations

from collections.abc import Callable

from snowflake_host.account import Account, Grant
from snowflake_host.errors import insufficient, missing, unsupported
from snowflake_host.words import Words

# What can be granted on what.
PRIVILEGES = {
    "DATABASE": {"USAGE", "CREATE SCHEMA"},
    "SCHEMA": {"USAGE", "CREATE TABLE", "CREATE VIEW", "CREATE STAGE"},
    "TABLE": {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"},
    "VIEW": {"SELECT"},
    "STAGE": {"USAGE"},
    "WAREHOUSE": {"USAGE", "OPERATE", "MONITOR"},
    "INTEGRATION": {"USAGE"},
}
IN_A_SCHEMA = {"TABLE", "VIEW", "STAGE"}


def read_grant(words: Words, account: Account, role: str, qualify: Callable[[str], str]) -> Callable[[], str]:
    if words.accept("ROLE"):
        return _read_role(words, account, role)
    privileges = [_privilege(words)]
    while words.accept(","):
        privileges.append(_privilege(words))
    words.expect("ON")
    scope = next((scope for scope in ("ALL", "FUTURE") if words.accept(scope)), None)
    kind = words.word()
    kind = kind.removesuffix("S") if scope else kind
    if unknown := [privilege for privilege in privileges if privilege not in PRIVILEGES.get(kind, ())]:
        raise unsupported(f"GRANT {unknown[0]} ON {kind}")
    if scope:
        words.expect("IN", "SCHEMA")
    name = words.name()
    if kind in IN_A_SCHEMA or kind == "SCHEMA" or scope:
        name = qualify(name) if kind in IN_A_SCHEMA and not scope else _schema(name, qualify)
    words.expect("TO", "ROLE")
    to = words.name()
    words.end()
    return lambda: _grant(account, role, [Grant(privilege, kind, name, to) for privilege in privileges], scope)


def _privilege(words: Words) -> str:
    if words.accept("CREATE"):
        return f"CREATE {words.word()}"
    return words.word()


def _schema(name: str, qualify: Callable[[str], str]) -> str:
    """A schema's name, with its database's."""
    return name if "." in name else qualify(f"{name}.X").rpartition(".")[0]


def _read_role(words: Words, account: Account, role: str) -> Callable[[], str]:
    granted = words.name()
    words.expect("TO")
    to_user = words.accept("USER")
    if not to_user:
        words.expect("ROLE")
    to = words.name()
    words.end()
    return lambda: _grant_role(account, role, granted, to, to_user)


def _grant_role(account: Account, role: str, granted: str, to: str, to_user: bool) -> str:
    contents = account.contents
    if granted not in contents.roles:
        raise missing("role", granted)
    if to not in (contents.users if to_user else contents.roles):
        raise missing("user" if to_user else "role", to)
    if "SECURITYADMIN" not in account.roles_of(role) and not account.owns(role, "ROLE", granted):
        raise insufficient("role", granted)
    with account.lock:
        has = contents.users[to].setdefault("roles", []) if to_user else contents.roles[to]
        if granted not in has:
            has.append(granted)
        account.save()
    return "Statement executed successfully."


def _grant(account: Account, role: str, grants: list[Grant], scope: str | None) -> str:
    kind, name = grants[0].kind, grants[0].name
    if grants[0].role not in account.contents.roles:
        raise missing("role", grants[0].role)
    subject = "SCHEMA" if scope else kind
    if f"{subject} {name}" not in account.contents.owners:
        raise missing(subject.lower(), name)
    if "SECURITYADMIN" not in account.roles_of(role) and not account.owns(role, subject, name):
        raise insufficient(subject, name)
    with account.lock:
        for grant in grants:
            _keep(account, grant, scope)
        account.save()
    return "Statement executed successfully."


def _keep(account: Account, grant: Grant, scope: str | None) -> None:
    if scope is None:
        account.grant(grant)
    elif scope == "FUTURE":
        if grant not in account.contents.future:
            account.contents.future.append(grant)
    else:
        for owned in list(account.contents.owners):
            kind, _, name = owned.partition(" ")
            if kind == grant.kind and name.rpartition(".")[0] == grant.name:
                account.grant(Grant(grant.privilege, kind, name, grant.role))
