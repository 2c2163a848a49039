"""Threads that wait for PostgreSQL, one for each call of the Data API that runs."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from emulator.redshift_statements import Statement
from emulator.warehouse import Warehouse

logger = logging.getLogger("redshift-data")
# More wait their turn: the server has a hundred connections for everything.
AT_ONCE = 16


class Threads:
    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._pool = ThreadPoolExecutor(AT_ONCE, "redshift-data")

    def start(self, statement: Statement) -> None:
        self._pool.submit(self._run, statement)

    def cancel(self, statement: Statement) -> None:
        """What has not begun does not begin; what runs is interrupted."""
        statement.cancelled = True
        if statement.interrupt:
            statement.interrupt()

    def _run(self, statement: Statement) -> None:
        # psycopg, sqlglot and pyarrow take half a second to load, which nobody should wait for who has no warehouse.
        from emulator.redshift_errors import words
        from emulator.redshift_session import run_in_session

        try:
            run_in_session(statement, self._warehouse)
        except Exception as error:
            if statement.cancelled:
                statement.fail("ABORTED", None)
                return
            said = words(error)
            if said is None:
                logger.exception("statement %s", statement.id)
            statement.fail("FAILED", said or f"ERROR: {type(error).__name__}: {error}")
        finally:
            statement.interrupt = None
            statement.ended.set()
