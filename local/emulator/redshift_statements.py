"""Statements that were submitted to the Data API: their state, for a day."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from emulator.redshift_requests import RequestError, Submission
from emulator.redshift_results import Result

KEPT_SECONDS = 24 * 3600
MAX_ACTIVE = 500
ENDED = frozenset({"FINISHED", "FAILED", "ABORTED"})
_query_ids = itertools.count(1000)


class Part:
    """One SQL statement of what was submitted."""

    def __init__(self, identifier: str, sql: str) -> None:
        self.id = identifier
        self.sql = sql
        self.status = "SUBMITTED"
        self.error: str | None = None
        self.rows = -1
        self.result: Result | None = None
        self.query_id = next(_query_ids)
        self.created_at = self.updated_at = time.time()
        self._started = self._ended = 0

    def start(self) -> None:
        self._started = time.perf_counter_ns()
        self._become("STARTED")

    def end(self, status: str, error: str | None = None) -> None:
        self._ended = time.perf_counter_ns()
        self.error = error
        self._become(status)

    @property
    def duration(self) -> int:
        """Nanoseconds, -1 while there are none to tell."""
        return self._ended - self._started if self._started and self._ended else -1

    def describe(self) -> dict[str, Any]:
        size = self.result.size if self.result else 0
        return {
            "Id": self.id,
            "Status": self.status,
            "CreatedAt": self.created_at,
            "UpdatedAt": self.updated_at,
            "Duration": self.duration,
            "HasResultSet": self.result is not None,
            "QueryString": self.sql,
            "RedshiftQueryId": self.query_id if self._started else -1,
            "ResultRows": self.rows,
            "ResultSize": size if self.status == "FINISHED" else -1,
            **({"Error": self.error} if self.error else {}),
        }

    def _become(self, status: str) -> None:
        self.updated_at = time.time()
        self.status = status


class Statement(Part):
    """A call of ExecuteStatement or BatchExecuteStatement; of the latter, with its parts."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(str(uuid.uuid4()), submission.sqls[0])
        self.submission = submission
        numbered = enumerate(submission.sqls, start=1)
        self.parts: list[Part] = [Part(f"{self.id}:{n}", sql) for n, sql in numbered] if submission.is_batch else [self]
        self.pid = 0
        self.cancelled = False
        self.interrupt: Callable[[], None] | None = None
        self.ended = threading.Event()

    def finish(self) -> None:
        """All parts have ended well and are committed."""
        self.rows = self.rows if self.parts[0] is self else sum(max(0, part.rows) for part in self.parts)
        self.end("FINISHED")

    def fail(self, status: str, error: str | None) -> None:
        """The part that ran ends so; those after it never begin; all their work is gone with the transaction."""
        said = error
        for number, part in enumerate(self.parts, start=1):
            if part is not self and part.status == "STARTED":
                part.end(status, error)
                said = error and f"Query #{number} failed with {error}"
            elif part is not self and part.status == "SUBMITTED":
                part.end("ABORTED")
        self.end(status, said)

    def describe(self) -> dict[str, Any]:
        answer = {**super().describe(), **self.submission.place(), "RedshiftPid": self.pid, "ResultFormat": "JSON"}
        if self.submission.parameters:
            answer["QueryParameters"] = self.submission.parameter_list()
        if self.submission.is_batch:
            del answer["QueryString"]
            answer["HasResultSet"] = any(part.result is not None for part in self.parts)
            answer["SubStatements"] = [part.describe() for part in self.parts]
        return answer

    def summary(self) -> dict[str, Any]:
        """What ListStatements shows of it."""
        submission = self.submission
        texts = {"QueryStrings": list(submission.sqls)} if submission.is_batch else {"QueryString": self.sql}
        return {
            "Id": self.id,
            "Status": self.status,
            "CreatedAt": self.created_at,
            "UpdatedAt": self.updated_at,
            "IsBatchStatement": submission.is_batch,
            "ResultFormat": "JSON",
            **texts,
            **({"StatementName": submission.name} if submission.name else {}),
            **({"SecretArn": submission.secret} if submission.secret else {}),
            **({"QueryParameters": submission.parameter_list()} if submission.parameters else {}),
        }

    def close(self) -> None:
        for part in self.parts:
            if part.result:
                part.result.close()


class Statements:
    """All of them, the last one first; thread-safe."""

    def __init__(self) -> None:
        self._by_id: dict[str, Statement] = {}
        self._by_token: dict[str, Statement] = {}
        self._lock = threading.Lock()

    def submit(self, submission: Submission) -> tuple[Statement, bool]:
        """The statement, and whether it is new: a token seen before brings back what it brought then."""
        with self._lock:
            self._forget_old()
            known = self._by_token.get(submission.token or "")
            if known:
                if known.submission != submission:
                    raise RequestError("ValidationException", "The ClientToken was used before, with other parameters")
                return known, False
            if sum(not one.ended.is_set() for one in self._by_id.values()) >= MAX_ACTIVE:
                raise RequestError("ActiveStatementsExceededException", f"There are already {MAX_ACTIVE} active statements")
            statement = Statement(submission)
            self._by_id[statement.id] = statement
            if submission.token:
                self._by_token[submission.token] = statement
            return statement, True

    def find(self, identifier: str) -> tuple[Statement, Part]:
        """``id`` or ``id:n``; RequestError when there is none."""
        base, _, number = identifier.partition(":")
        with self._lock:
            self._forget_old()
            statement = self._by_id.get(base)
        part: Part | None = statement
        if statement and number:
            part = next((one for one in statement.parts if one.id == identifier), None)
        if statement is None or part is None:
            raise RequestError("ResourceNotFoundException", "Query does not exist.", {"ResourceId": identifier})
        return statement, part

    def newest_first(self) -> Iterator[Statement]:
        with self._lock:
            self._forget_old()
            statements = list(self._by_id.values())
        return reversed(statements)

    def _forget_old(self) -> None:
        oldest = time.time() - KEPT_SECONDS
        for identifier, statement in list(self._by_id.items()):
            if statement.created_at > oldest:
                break
            if statement.ended.is_set():
                del self._by_id[identifier]
                self._by_token.pop(statement.submission.token or "", None)
                statement.close()
