"""Submitted statements: executed one request after the other, remembered by handle and by request id."""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass, field

from snowflake_host.connector_errors import snowflake_error
from snowflake_host.engine import Engine
from snowflake_host.errors import SnowflakeError
from snowflake_host.requests import Submission
from snowflake_host.results import Result, read
from snowflake_host.session import Session

REMEMBERED = 1000
INTERRUPT_EVERY_SECONDS = 0.05
MULTIPLE = Result([{"name": "multiple statement execution", "type": "text", "nullable": False, "length": 16777216}], [])
MULTIPLE.rows.append(["Multiple statements executed successfully."])


@dataclass
class Statement:
    """One that was submitted, or one of several that were."""

    user: str
    handle: str = field(default_factory=lambda: str(uuid.uuid4()))
    created: float = field(default_factory=time.time)
    parts: list[Statement] = field(default_factory=list)
    result: Result | None = None
    error: SnowflakeError | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    session: Session | None = None
    cancelled_by: SnowflakeError | None = None

    def end(self, result: Result | None = None, error: SnowflakeError | None = None) -> None:
        self.result, self.error = result, error
        self.ended.set()


class Statements:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._by_handle: dict[str, Statement] = {}
        self._by_request: dict[tuple[str, str], Statement] = {}
        self._lock = threading.Lock()

    def submit(self, user: str, submission: Submission, request_id: str | None, is_retry: bool) -> Statement:
        """A request that comes again as a retry has the outcome of the first, and is not executed again."""
        with self._lock:
            first = self._by_request.get((user, request_id or ""))
            if first and is_retry:
                return first
            statement = Statement(user)
            self._by_handle[statement.handle] = statement
            self._forget()
            if request_id:
                self._by_request[(user, request_id)] = statement
        threading.Thread(target=self._run, args=(statement, submission), daemon=True).start()
        return statement

    def _forget(self) -> None:
        """Old ones that have ended, with their results: Snowflake keeps them for a day, memory does not."""
        for handle in list(self._by_handle)[:-REMEMBERED]:
            if self._by_handle[handle].ended.is_set():
                del self._by_handle[handle]
        kept = self._by_handle
        self._by_request = {request: one for request, one in self._by_request.items() if one.handle in kept}

    def find(self, user: str, handle: str) -> Statement | None:
        statement = self._by_handle.get(handle)
        return statement if statement and statement.user == user else None

    def cancel(self, statement: Statement, reason: SnowflakeError) -> None:
        if statement.ended.is_set():
            return
        statement.cancelled_by = reason
        threading.Thread(target=_interrupt, args=(statement,), daemon=True).start()

    def _run(self, statement: Statement, submission: Submission) -> None:
        timer = threading.Timer(submission.timeout, self.cancel, (statement, _timed_out(submission.timeout)))
        timer.daemon = True
        if submission.timeout:
            timer.start()
        try:
            with self._engine.turn:
                self._execute(statement, submission)
        except Exception as error:
            statement.end(error=statement.cancelled_by or snowflake_error(error))
        finally:
            timer.cancel()

    def _execute(self, statement: Statement, submission: Submission) -> None:
        session = self._engine.session(statement.user, submission.role, **submission.place)
        statement.session = session
        try:
            if statement.cancelled_by:
                raise statement.cancelled_by
            results = [self._one(statement, session, sql, submission) for sql in submission.statements]
        finally:
            session.close()
            statement.session = None
        statement.end(MULTIPLE if submission.is_multiple else results[0])

    def _one(self, whole: Statement, session: Session, sql: str, submission: Submission) -> Result:
        part = Statement(whole.user) if submission.is_multiple else whole
        if part is not whole:
            whole.parts.append(part)
            self._by_handle[part.handle] = part
        try:
            cursor = session.cursor()
            cursor.execute(sql, binding_params=submission.values or None)
            result = read(cursor)
        except Exception as error:
            if part is not whole:
                part.end(error=whole.cancelled_by or snowflake_error(error))
            raise
        if part is not whole:
            part.end(result)
        return result


def _interrupt(statement: Statement) -> None:
    """Until it has ended: DuckDB forgets an interruption that comes just before a statement begins."""
    while not statement.ended.wait(INTERRUPT_EVERY_SECONDS):
        session = statement.session
        if session:
            session.cancel()


def _timed_out(seconds: int) -> SnowflakeError:
    message = f"Statement reached its statement or warehouse timeout of {seconds} second(s) and was canceled."
    return SnowflakeError("000630", "57014", message)
