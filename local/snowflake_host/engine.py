"""The database: fakesnow over a DuckDB file, and what an account has beside it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import fakesnow.info_schema
import fakesnow.macros
import snowflake.connector
from fakesnow.instance import FakeSnow
from sqlglot import Dialect

from snowflake_host import keys, load_history
from snowflake_host.account import Account
from snowflake_host.session import Session


class Engine:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # fakesnow asks for it by its name, by which a second thread would find it while the first still loads it.
        Dialect.get_or_raise("duckdb")
        self._fake = FakeSnow(create_database_on_connect=False, create_schema_on_connect=False, db_path=folder)
        self.account = Account(folder / "account.json")
        # Requests that may write take turns, as Snowflake's would wait for each other's locks on a table.
        self.turn = threading.RLock()
        for file in folder.glob("*.db"):
            self._attach(file)

    def _attach(self, file: Path) -> None:
        connection, name = self._fake.duck_conn, file.stem
        connection.execute(f"attach database '{file}' as {name}")
        connection.execute(fakesnow.info_schema.per_db_creation_sql(name))
        connection.execute(fakesnow.macros.creation_sql(name))
        load_history.create(connection, name)

    def session(self, user: str | None, role: str | None, **place: str | None) -> Session:
        """``user`` None is the laptop itself, which may take any role."""
        session = Session(self._fake, self.account, user)
        session.begin_as(role, **place)
        return session

    def connect(self, **given: Any) -> Session:
        """In place of ``snowflake.connector.connect``: who connects shows the private key of the user."""
        user = str(given.get("user", "")).upper()
        if not keys.belongs_to(given.get("private_key"), self.account.contents.users.get(user)):
            raise snowflake.connector.errors.DatabaseError(msg="JWT token is invalid.", errno=250001, sqlstate="08001")
        place = {name: given.get(name) for name in ("warehouse", "database", "schema")}
        return self.session(user, given.get("role"), **place)

    def close(self) -> None:
        self._fake.duck_conn.close()
