"""dbt in this process, over this database: the same models as in Snowflake, by dbt's own Snowflake adapter."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import snowflake.connector

from snowflake_host.engine import Engine
from snowflake_host.session import Session

# What the laptop says itself: where the project is and where what dbt writes goes.
OWN_OPTIONS = ("--project-dir", "--profiles-dir", "--target-path", "--log-path")
STOPPED = 137
BAD_USAGE = 2
INTERRUPT_EVERY_SECONDS = 0.05


@dataclass
class DbtRun:
    args: list[str]
    environment: dict[str, str]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    lines: list[str] = field(default_factory=list)
    exit_code: int | None = None
    is_stopped: bool = False
    sessions: list[Session] = field(default_factory=list)

    def describe(self, start: int) -> dict[str, Any]:
        # In this order: a run that has ended says no more.
        exit_code = self.exit_code
        return {"lines": self.lines[start:], "exitCode": exit_code}


class DbtRuns:
    """One at a time: dbt keeps state of its own per process, and its environment is the process's."""

    def __init__(self, engine: Engine, project: Path, folder: Path) -> None:
        self._engine = engine
        self._project = project
        self._folder = folder
        self._turn = threading.Lock()
        self._runs: dict[str, DbtRun] = {}
        self._current: DbtRun | None = None
        snowflake.connector.connect = self._connect

    def start(self, args: Sequence[str], environment: dict[str, str]) -> DbtRun:
        run = DbtRun(list(args), environment)
        self._runs[run.id] = run
        threading.Thread(target=self._work, args=(run,), daemon=True).start()
        return run

    def find(self, identifier: str) -> DbtRun | None:
        return self._runs.get(identifier)

    def stop(self, run: DbtRun) -> None:
        """Its statements end, and every further one fails, so that dbt ends soon."""
        run.is_stopped = True
        threading.Thread(target=self._interrupt, args=(run,), daemon=True).start()

    def _interrupt(self, run: DbtRun) -> None:
        """Until it has ended: DuckDB forgets an interruption that comes just before a statement begins."""
        while run.exit_code is None:
            for session in list(run.sessions):
                session.cancel()
            time.sleep(INTERRUPT_EVERY_SECONDS)

    def _connect(self, **given: Any) -> Session:
        session = self._engine.connect(**given)
        if self._current is not None:
            self._current.sessions.append(session)
            if self._current.is_stopped:
                session.cancel()
        return session

    def _work(self, run: DbtRun) -> None:
        with self._turn:
            self._current = run
            try:
                code = STOPPED if run.is_stopped else self._invoke(run)
            except Exception as error:
                run.lines.append(f"{type(error).__name__}: {error}")
                code = BAD_USAGE
            finally:
                self._current = None
            run.exit_code = STOPPED if run.is_stopped else code

    def _invoke(self, run: DbtRun) -> int:
        # Takes two seconds to load, which nobody should wait for who only loads files.
        from dbt.adapters.factory import reset_adapters
        from dbt.cli.main import dbtRunner

        if used := [arg for arg in run.args if arg.partition("=")[0] in OWN_OPTIONS]:
            raise ValueError(f"{used[0]} is the laptop's to say")
        said = {
            "DBT_PROJECT_DIR": str(self._project),
            "DBT_PROFILES_DIR": str(self._project),
            "DBT_TARGET_PATH": str(self._folder / "target"),
            "DBT_LOG_PATH": str(self._folder / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_USE_COLORS": "false",
        }
        before = dict(os.environ)
        os.environ.update({**run.environment, **said})
        try:
            outcome = dbtRunner(callbacks=[lambda event: self._hear(run, event)]).invoke(run.args)
        finally:
            reset_adapters()
            os.environ.clear()
            os.environ.update(before)
        if outcome.exception:
            run.lines.append(str(outcome.exception))
            return BAD_USAGE
        return 0 if outcome.success else 1

    def _hear(self, run: DbtRun, event: Any) -> None:
        if event.info.level in ("info", "warn", "error") and event.info.msg.strip():
            run.lines.append(event.info.msg)
