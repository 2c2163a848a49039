"""Runs what was submitted in a session of its own: one transaction, one statement after the other."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any

from psycopg import Connection, Cursor

from emulator import warehouse as warehouse_database
from emulator.redshift_commands import check_in_transaction, is_alone
from emulator.redshift_copy import copy_parquet
from emulator.redshift_dialect import Translation, translate
from emulator.redshift_results import Result, columns_of, keep_text
from emulator.redshift_statements import Part, Statement
from emulator.warehouse import Warehouse

ROWS_AT_ONCE = 1000
# As Redshift: every statement of a transaction reads what was there at its begin, and who changes a row that another
# transaction has changed since then fails.
BEGIN = "begin isolation level repeatable read"


class Cancelled(Exception):
    """By CancelStatement, before the database had anything to interrupt."""


class NoSuchDatabase(Exception):
    """There is one warehouse, and no way from it into the database that stands for RDS."""


def run_in_session(statement: Statement, warehouse: Warehouse) -> None:
    """To its end; an exception when it fails, after which nothing of it is in the database."""
    database = statement.submission.database
    if database != warehouse_database.NAME:
        raise NoSuchDatabase(f'database "{database}" does not exist')
    with warehouse.connect() as connection:
        keep_text(connection)
        statement.pid = connection.info.backend_pid
        statement.interrupt = connection.cancel_safe
        _Session(statement, connection).run()


class _Session:
    def __init__(self, statement: Statement, connection: Connection) -> None:
        self._statement = statement
        self._connection = connection
        self._parameters = dict(statement.submission.parameters)

    def run(self) -> None:
        statement = self._statement
        statement.start()
        for part in statement.parts:
            self._run_part(part)
        self._check_cancelled()
        self._connection.execute("commit" if self._in_transaction else "select")
        statement.finish()

    @property
    def _in_transaction(self) -> bool:
        return self._connection.info.transaction_status.name != "IDLE"

    def _run_part(self, part: Part) -> None:
        self._check_cancelled()
        if part is not self._statement:
            part.start()
        translation = translate(part.sql, self._parameters)
        if self._statement.submission.is_batch:
            check_in_transaction(translation.text)
        if not self._in_transaction and not is_alone(translation.text):
            self._connection.execute(BEGIN)
        part.rows = self._execute(part, translation)
        if part is not self._statement:
            part.end("FINISHED")

    def _execute(self, part: Part, translation: Translation) -> int:
        """Rows answered or changed."""
        if translation.copy:
            copy_parquet(self._connection, translation.copy, lambda: self._statement.cancelled)
            # As in AWS (https://github.com/aws/aws-sdk/issues/333); pg_last_copy_count() tells.
            return 0
        if translation.has_rows:
            part.result = self._rows(translation.statements[0])
            return part.result.total
        return sum(max(0, self._connection.execute(sql.encode()).rowcount) for sql in translation.statements)

    def _rows(self, sql: str) -> Result:
        """Row by row from the server: a result larger than the limit is never in memory."""
        result = Result()
        # Left open by an error, the stream would hold the connection's lock, and the rollback wait for it for ever.
        with self._connection.cursor() as cursor, closing(self._stream(cursor, sql)) as stream:
            for row in stream:
                if not result.columns and cursor.pgresult:
                    result.columns = columns_of(cursor.pgresult, self._connection)
                result.append(row)
        result.complete()
        return result if result.total else self._describe(sql, result)

    def _stream(self, cursor: Cursor, sql: str) -> Generator[Sequence[Any], None, None]:
        yield from cursor.stream(sql.encode(), size=ROWS_AT_ONCE)

    def _describe(self, sql: str, result: Result) -> Result:
        """Columns of a result that no row has brought."""
        server = self._connection.pgconn
        server.prepare(b"", sql.encode())
        result.columns = columns_of(server.describe_prepared(b""), self._connection)
        return result

    def _check_cancelled(self) -> None:
        if self._statement.cancelled:
            raise Cancelled
