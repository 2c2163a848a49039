"""What may be asked of the Data API, checked as AWS checks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MAX_SQL_BYTES = 100 * 1024
MAX_BATCH = 40
MAX_TOKEN = 64
ID = re.compile(r"[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d{0,2})?")
WORKGROUP = re.compile(r"[a-z0-9-]{3,63}|arn:aws[a-z-]*:redshift-serverless:[a-z0-9-]+:\d{12}:workgroup/[0-9a-z/-]+")
# Of what AWS knows; the app uses none of it.
NOT_HERE = ("SessionId", "SessionKeepAliveSeconds", "DbUser", "ClusterIdentifier")


class RequestError(Exception):
    """An error of the Data API, with its name and what its shape has beside the message."""

    def __init__(self, code: str, message: str, more: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.more = more or {}


def invalid(message: str) -> RequestError:
    return RequestError("ValidationException", message)


@dataclass(frozen=True)
class Submission:
    """A checked request; equal ones may share a ClientToken."""

    sqls: tuple[str, ...]
    is_batch: bool
    parameters: tuple[tuple[str, str], ...]
    workgroup: str
    database: str
    name: str | None
    secret: str | None
    token: str | None

    def place(self) -> dict[str, str]:
        secret = {"SecretArn": self.secret} if self.secret else {}
        return {"WorkgroupName": self.workgroup, "Database": self.database, **secret}

    def parameter_list(self) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in self.parameters]


def read_submission(data: dict[str, Any], is_batch: bool) -> Submission:
    sqls = tuple(data.get("Sqls") or ()) if is_batch else (data.get("Sql"),)
    _check_sqls(sqls, is_batch)
    _check_options(data)
    workgroup, database = data.get("WorkgroupName"), data.get("Database")
    if not workgroup or not WORKGROUP.fullmatch(workgroup):
        raise invalid("WorkgroupName must be the name or ARN of a Redshift Serverless workgroup")
    if not database:
        raise invalid("Database must be given with WorkgroupName")
    return Submission(
        sqls=sqls,
        is_batch=is_batch,
        parameters=_parameters(data, sqls),
        workgroup=workgroup,
        database=database,
        name=data.get("StatementName"),
        secret=data.get("SecretArn"),
        token=data.get("ClientToken"),
    )


def read_id(data: dict[str, Any]) -> str:
    identifier = str(data.get("Id", ""))
    if not ID.fullmatch(identifier):
        raise invalid(f"id must satisfy regex pattern: ^{ID.pattern}$")
    return identifier


def read_wait(data: dict[str, Any]) -> float:
    seconds = data.get("WaitTimeSeconds", 0)
    if seconds and not 1 <= seconds <= 30:
        raise invalid("WaitTimeSeconds must be between 1 and 30")
    return float(seconds)


def _check_sqls(sqls: tuple[Any, ...], is_batch: bool) -> None:
    if is_batch and not 1 <= len(sqls) <= MAX_BATCH:
        raise invalid(f"Value at 'sqls' failed to satisfy constraint: Member must have length between 1 and {MAX_BATCH}")
    for sql in sqls:
        if not isinstance(sql, str) or not sql.strip():
            raise invalid("Value at 'sql' failed to satisfy constraint: Member must not be empty")
        if len(sql.encode()) > MAX_SQL_BYTES:
            raise invalid(f"Query length of {len(sql.encode())} bytes exceeds the maximum of {MAX_SQL_BYTES} bytes")


def _check_options(data: dict[str, Any]) -> None:
    for option in NOT_HERE:
        if data.get(option) is not None:
            raise invalid(f"{option} is not known to the laptop's Data API, which has one Serverless workgroup and no sessions")
    if data.get("WithEvent"):
        raise invalid("WithEvent is not known to the laptop's Data API: describe the statement instead")
    if data.get("ResultFormat", "JSON") != "JSON":
        raise invalid("ResultFormat CSV is not known to the laptop's Data API")
    if data.get("ExecutionMode", "TRANSACTION") != "TRANSACTION":
        raise invalid("ExecutionMode AUTO_COMMIT is not known to the laptop's Data API")
    token = data.get("ClientToken")
    if token is not None and not 1 <= len(token) <= MAX_TOKEN:
        raise invalid(f"ClientToken must have between 1 and {MAX_TOKEN} characters")


def _parameters(data: dict[str, Any], sqls: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    given = data.get("Parameters")
    if given is None:
        return ()
    pairs = tuple((str(one.get("name", "")), one.get("value")) for one in given)
    if not pairs or any(
        not re.fullmatch(r"[0-9a-zA-Z_]+", name) or not isinstance(value, str) or not value for name, value in pairs
    ):
        raise invalid("Parameters must have a name of letters, digits and _ and a value that is a non-empty string")
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise invalid("Parameters list contains a name twice")
    unused = [name for name in names if not any(re.search(rf"(?<!:):{name}\b", sql) for sql in sqls)]
    if unused:
        raise invalid(f"Parameters list contains unused parameters. Unused parameters: {unused}")
    return pairs
