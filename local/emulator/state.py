"""Keeps the emulator's state on disk while it runs, not only at its end, and goes on with what was going on.

ministack saves when it ends in order. A machine that crashes would lose all since then; executions that ran at the end are
failed at the next start, where AWS would have gone on with them.
"""

from __future__ import annotations

import contextvars
import threading
import time
from typing import Any

from ministack import app as ministack_app
from ministack.core import persistence
from ministack.services import glue, stepfunctions

LOOK_EVERY_SECONDS = 2
AT_LEAST_EVERY_SECONDS = 15
# Executions change for a while without a request coming in.
STILL_CHANGING_SECONDS = 30

_interrupted: list[str] = []


def install() -> None:
    """Remembers, when state is loaded, which executions ran; ends the Glue runs that ran."""
    restore_executions = stepfunctions.load_persisted_state
    restore_jobs = glue.load_persisted_state

    def load_executions(data: dict[str, Any]) -> None:
        executions = data.get("executions")
        if executions is not None:
            _interrupted.extend(e["executionArn"] for e in executions.all_values() if e["status"] == "RUNNING")
        restore_executions(data)

    def load_jobs(data: dict[str, Any]) -> None:
        restore_jobs(data)
        for runs in glue._job_runs.all_values():
            for run in runs:
                if run["JobRunState"] not in {"SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT"}:
                    run.update(JobRunState="FAILED", ErrorMessage="the laptop was stopped during the run")

    stepfunctions.load_persisted_state = load_executions
    glue.load_persisted_state = load_jobs


def resume_executions() -> None:
    """Starts interrupted executions again at their first state: every step may run twice, as after any retry."""
    while _interrupted:
        arn = _interrupted.pop()
        execution = stepfunctions._executions.get(arn)
        if execution is None:
            continue
        execution.update(status="RUNNING", stopDate=None)
        for leftover in ("error", "cause"):
            execution.pop(leftover, None)
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(stepfunctions._run_execution, arn), daemon=True).start()


class Saver:
    """An ASGI application around the emulator's that saves the state soon after requests came in."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._requests = 0
        self._last_request = time.monotonic()
        self._stopped = threading.Event()

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/_ministack"):
            self._requests += 1
            self._last_request = time.monotonic()
        if scope["type"] == "lifespan":
            threading.Thread(target=self._work, daemon=True).start()
        await self._inner(scope, receive, send)

    def stop(self) -> None:
        """From here on the emulator saves for itself, as it ends."""
        self._stopped.set()

    def _work(self) -> None:
        seen, saved_at = 0, time.monotonic()
        while not self._stopped.wait(LOOK_EVERY_SECONDS):
            resume_executions()
            now = time.monotonic()
            changing = self._requests != seen or now - self._last_request < STILL_CHANGING_SECONDS
            quiet = now - self._last_request > LOOK_EVERY_SECONDS
            if changing and (quiet or now - saved_at > AT_LEAST_EVERY_SECONDS):
                seen, saved_at = self._requests, now
                persistence.save_all(ministack_app._build_persistence_save_dict())
