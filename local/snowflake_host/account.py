"""What an account has beside data: roles, users, grants, warehouses, integrations. Kept in one file of the laptop."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# Snowflake's own roles, and which of them each has.
SYSTEM_ROLES = {
    "ACCOUNTADMIN": ["SYSADMIN", "SECURITYADMIN"],
    "SECURITYADMIN": ["USERADMIN"],
    "USERADMIN": [],
    "SYSADMIN": [],
    "PUBLIC": [],
}
ACCOUNT = ("ACCOUNT", "")


@dataclass(frozen=True)
class Grant:
    privilege: str
    kind: str
    name: str
    role: str


@dataclass
class Contents:
    """As it is written to the file."""

    # What a role has: the roles that were granted to it.
    roles: dict[str, list[str]] = field(default_factory=lambda: {name: list(has) for name, has in SYSTEM_ROLES.items()})
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    # Kind (WAREHOUSE, INTEGRATION, …) → name → properties.
    objects: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    grants: list[Grant] = field(default_factory=list)
    # On tables and views of a schema that are yet to come.
    future: list[Grant] = field(default_factory=list)
    # ``KIND NAME`` → the role that made it.
    owners: dict[str, str] = field(default_factory=dict)


class Account:
    def __init__(self, file: Path) -> None:
        self._file = file
        self.lock = threading.RLock()
        self.contents = Contents()
        if file.exists():
            read = json.loads(file.read_text())
            for kept in ("grants", "future"):
                read[kept] = [Grant(**grant) for grant in read[kept]]
            self.contents = Contents(**read)

    def save(self) -> None:
        with self.lock:
            written = self._file.with_suffix(".new")
            written.write_text(json.dumps(asdict(self.contents), indent=1))
            written.replace(self._file)

    def find(self, kind: str, name: str) -> dict[str, Any] | None:
        return self.contents.objects.get(kind, {}).get(name)

    def put(self, kind: str, name: str, properties: dict[str, Any], owner: str | None = None) -> None:
        self.contents.objects.setdefault(kind, {}).setdefault(name, {}).update(properties)
        if owner:
            self.own(kind, name, owner)

    def own(self, kind: str, name: str, role: str) -> None:
        """A new object is its maker's; what is granted on the future of its schema is granted on it."""
        with self.lock:
            self.contents.owners[f"{kind} {name}"] = role
            schema = name.rpartition(".")[0]
            for grant in self.contents.future:
                if (grant.kind, grant.name) == (kind, schema):
                    self.grant(Grant(grant.privilege, kind, name, grant.role))

    def disown(self, kind: str, name: str) -> None:
        with self.lock:
            self.contents.owners.pop(f"{kind} {name}", None)
            kept = [grant for grant in self.contents.grants if (grant.kind, grant.name) != (kind, name)]
            self.contents.grants = kept

    def grant(self, grant: Grant) -> None:
        with self.lock:
            if grant not in self.contents.grants:
                self.contents.grants.append(grant)

    def roles_of(self, role: str) -> set[str]:
        """The role and all that it has through others."""
        found: set[str] = set()
        left = [role, "PUBLIC"]
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left.extend(self.contents.roles.get(name, []))
        return found

    def owns(self, role: str, kind: str, name: str) -> bool:
        # Nothing that an administrator of the account may not do, here.
        return role == "ACCOUNTADMIN" or self.contents.owners.get(f"{kind} {name}") in self.roles_of(role)

    def may(self, role: str, privilege: str, kind: str, name: str) -> bool:
        if self.owns(role, kind, name):
            return True
        roles = self.roles_of(role)
        return any(
            grant.role in roles and (grant.kind, grant.name) == (kind, name) and grant.privilege in (privilege, "ALL")
            for grant in self.contents.grants
        )
