"""A session: fakesnow's connection, with a user, a role and a warehouse."""

from __future__ import annotations

from contextlib import suppress

import duckdb
from fakesnow.conn import FakeSnowflakeConnection
from fakesnow.instance import FakeSnow
from snowflake.connector.cursor import DictCursor, SnowflakeCursor

from snowflake_host import load_history, privileges
from snowflake_host.account import SYSTEM_ROLES, Account
from snowflake_host.cursor import Cursor
from snowflake_host.errors import missing


class Session(FakeSnowflakeConnection):
    def __init__(self, fake: FakeSnow, account: Account, user: str | None) -> None:
        super().__init__(
            fake.duck_conn.cursor(),
            fake.results_cache,
            create_database=False,
            create_schema=False,
            db_path=fake.db_path,
            paramstyle="pyformat",
        )
        self.account = account
        self.user = user
        self.role = "PUBLIC"
        self.warehouse: str | None = None
        self.in_transaction = False
        self.cancelled = False
        # Tables that end with the session, with their full names.
        self.temporary: set[str] = set()

    def begin_as(self, role: str | None, warehouse: str | None, database: str | None, schema: str | None) -> None:
        """Takes the user's defaults for what is not given."""
        user = self.account.contents.users.get(self.user or "", {})
        self.take_role((role or user.get("DEFAULT_ROLE") or "PUBLIC").upper())
        warehouse = warehouse or user.get("DEFAULT_WAREHOUSE")
        self.warehouse = warehouse and warehouse.upper()
        attached = {row[0] for row in self._duck_conn.execute("select database_name from duckdb_databases()").fetchall()}
        # A database or schema that is not there is no error until something is looked for in it.
        if database and database.upper() in attached:
            self.cursor().execute(f"use database {database}")
            # Snowflake's, where nobody says another one; fakesnow wants one for the tables that it makes of a merge.
            self._schema = "PUBLIC"
            schemas = self._duck_conn.execute(
                "select 1 from duckdb_schemas() where database_name = ? and schema_name = ?",
                [database.upper(), (schema or "").upper()],
            )
            if schema and schemas.fetchone():
                self.cursor().execute(f"use schema {database}.{schema}")

    def take_role(self, role: str) -> None:
        user = self.account.contents.users.get(self.user or "", {})
        reachable = set().union(*(self.account.roles_of(name) for name in user.get("roles", [])), {"PUBLIC"})
        known = role in self.account.contents.roles or role in SYSTEM_ROLES
        if not known or (self.user is not None and role not in reachable):
            raise missing("role", role)
        self.role = role

    def asker(self) -> privileges.Asker:
        # Through a cursor of its own: a look into the catalog must not take the place of a result.
        return privileges.Asker(self.account, self._duck_conn.cursor(), self.role, self.database, self.schema)

    def cursor(self, cursor_class: type[SnowflakeCursor] = SnowflakeCursor) -> Cursor:
        return Cursor(conn=self, duck_conn=self._duck_conn, use_dict_result=cursor_class == DictCursor)

    def cancel(self) -> None:
        self.cancelled = True
        # It may have ended meanwhile.
        with suppress(duckdb.ConnectionException):
            self._duck_conn.interrupt()

    def close(self, retry: bool = True) -> None:
        """An open transaction is rolled back, temporary tables go."""
        if not self._is_closed:
            if self.in_transaction:
                self._duck_conn.execute("rollback")
            for table in self.temporary:
                self._drop(table)
        super().close(retry)

    def _drop(self, table: str) -> None:
        self._duck_conn.execute(f"drop table if exists {table}")
        load_history.forget(self._duck_conn, table)
        self.account.disown("TABLE", table)
        self.account.save()
