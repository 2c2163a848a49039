"""The database of the laptop's PostgreSQL that stands for Redshift."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg import Connection

# Role and database; local/postgres.ts makes them.
NAME = "warehouse"
# Found before those of pg_catalog; in this order.
FUNCTIONS = [Path(__file__).with_name(f"redshift_{kind}.sql") for kind in ("dates", "functions")]
# All emulators of this database prepare it one after the other.
PREPARING = 7_355_608

# Redshift's functions stand before PostgreSQL's; a server without its client stops working for it.
# A refresh works on sets, which Redshift joins by hashing: hash tables and temporary tables shall be in memory, and of what
# came since PostgreSQL last looked at a table it expects so little that it merges by a day what has a longer key. No page
# costs four times what its neighbour does.
SETTINGS = {
    "search_path": "public,redshift,pg_catalog",
    "timezone": "UTC",
    "client_connection_check_interval": "1000",
    "application_name": "redshift-data",
    "work_mem": "64MB",
    "temp_buffers": "64MB",
    "random_page_cost": "1.1",
    "enable_mergejoin": "off",
    "enable_memoize": "off",
}


@dataclass(frozen=True)
class Warehouse:
    port: int
    password: str = field(repr=False)
    _prepared: threading.Event = field(default_factory=threading.Event, repr=False)

    def connect(self) -> Connection:
        """A session of its own, as every call of the Data API has one. The first one brings Redshift's functions."""
        # Loaded when the first statement comes, not when the emulator starts.
        import psycopg

        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        connection = psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            dbname=NAME,
            user=NAME,
            password=self.password,
            options=options,
            connect_timeout=10,
            autocommit=True,
        )
        # Nothing is executed twice within a session.
        connection.prepare_threshold = None
        if not self._prepared.is_set():
            prepare(connection)
            self._prepared.set()
        return connection


def prepare(connection: Connection) -> None:
    """Redshift's functions, in the schema ``redshift``; once for each version of them."""
    text = "".join(file.read_text() for file in FUNCTIONS)
    version = hashlib.sha256(text.encode()).hexdigest()
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [PREPARING])
        there = connection.execute(
            "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'redshift'"
        ).fetchone()
        if there != (version,):
            connection.execute(text.encode())
            connection.execute(f"comment on schema redshift is '{version}'".encode())
            connection.execute(b"grant usage on schema redshift to public")
