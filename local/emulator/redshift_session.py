"""Runs what was submitted in a session of its own: one transaction, one statement after the other."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from emulator import warehouse as warehouse_database
from emulator.redshift_results import Result, ResultTooLarge, column_metadata, keep_text
from emulator.redshift_statements import Part, Statement
from emulator.warehouse import Warehouse

if TYPE_CHECKING:
    from psycopg import Connection

logger = logging.getLogger("redshift-data")
# More wait their turn: the server has a hundred connections for everything.
AT_ONCE = 16
ROWS_AT_ONCE = 1000


class Cancelled(Exception):
    pass


class Sessions:
    """Threads that wait for PostgreSQL."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._threads = ThreadPoolExecutor(AT_ONCE, "redshift-data")

    def start(self, statement: Statement) -> None:
        self._threads.submit(self._run, statement)

    def cancel(self, statement: Statement) -> None:
        """What has not begun does not begin; what runs is interrupted."""
        statement.cancelled = True
        if statement.interrupt:
            statement.interrupt()

    def _run(self, statement: Statement) -> None:
        try:
            self._run_parts(statement)
        except Exception as error:
            status, text = _outcome(error, statement)
            _end_parts(statement, status, text)
        finally:
            statement.interrupt = None
            statement.ended.set()

    def _run_parts(self, statement: Statement) -> None:
        if statement.cancelled:
            raise Cancelled
        if statement.submission.database != warehouse_database.NAME:
            raise NoSuchDatabase(f'database "{statement.submission.database}" does not exist')
        with self._warehouse.connect() as connection:
            keep_text(connection)
            statement.pid = connection.info.backend_pid
            statement.interrupt = connection.cancel_safe
            Session(statement, connection).run()


class NoSuchDatabase(Exception):
    pass


class Session:
    """One connection and the statement it is for."""

    def __init__(self, statement: Statement, connection: Connection) -> None:
        self._statement = statement
        self._connection = connection

    def run(self) -> None:
        # sqlglot takes a quarter of a second to load, which nobody should wait for who has no warehouse.
        from emulator.redshift_commands import ALONE

        statement, connection = self._statement, self._connection
        if statement is not statement.parts[0]:
            statement.start()
        alone = len(statement.parts) == 1 and ALONE.match(statement.sql.lstrip()) is not None
        if alone:
            self._run_part(statement.parts[0])
        else:
            connection.execute("begin isolation level repeatable read")
            for part in statement.parts:
                self._run_part(part)
            connection.execute("commit")
        for part in {*statement.parts, statement}:
            if part.status == "STARTED":
                part.end("FINISHED")

    def _run_part(self, part: Part) -> None:
        from emulator.redshift_commands import check_in_transaction
        from emulator.redshift_copy import copy_parquet
        from emulator.redshift_dialect import translate

        if self._statement.cancelled:
            raise Cancelled
        part.start()
        if self._statement.submission.is_batch:
            check_in_transaction(part.sql)
        translation = translate(part.sql, dict(self._statement.submission.parameters))
        if translation.copy:
            copy_parquet(self._connection, translation.copy, lambda: self._statement.cancelled)
            # Always 0 for COPY, as in AWS (https://github.com/aws/aws-sdk/issues/333): pg_last_copy_count() tells.
            part.rows = 0
        elif translation.has_rows:
            part.result = self._rows(translation.statements[0])
            part.rows = part.result.total
        else:
            part.rows = sum(self._change(sql) for sql in translation.statements)
        if part is not self._statement:
            part.end("FINISHED")

    def _change(self, sql: str) -> int:
        return max(0, self._connection.execute(sql.encode()).rowcount)

    def _rows(self, sql: str) -> Result:
        result = Result()
        with self._connection.cursor() as cursor:

            def rows() -> Any:
                for row in cursor.stream(sql.encode(), size=ROWS_AT_ONCE):
                    if not result.columns:
                        self._describe(cursor, result)
                    yield row

            result.take(rows())
            if not result.columns:
                self._describe(cursor, result)
        return result

    def _describe(self, cursor: Any, result: Result) -> None:
        result.columns = [column_metadata(column, self._connection) for column in cursor.description]


def _outcome(error: Exception, statement: Statement) -> tuple[str, str | None]:
    from emulator.redshift_errors import words

    if statement.cancelled:
        return "ABORTED", None
    text = words(error)
    if text is None:
        logger.exception("statement %s", statement.id)
        text = f"ERROR: {type(error).__name__}: {error}"
    return "FAILED", text


def _end_parts(statement: Statement, status: str, error: str | None) -> None:
    """The part that ran ends so; those after it never begin; all their work is gone with the transaction."""
    said = error
    for number, part in enumerate(statement.parts, start=1):
        if part.status == "STARTED":
            part.end(status, error)
            said = f"Query #{number} failed with {error}" if error and part is not statement else error
        elif part.status == "SUBMITTED" and part is not statement:
            part.end("ABORTED")
    if statement.status in {"SUBMITTED", "STARTED"}:
        statement.end(status, said)


__all__ = ["Cancelled", "ResultTooLarge", "Sessions"]
