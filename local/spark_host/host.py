"""The single-threaded parent: accepts requests, forks runs, waits for them, restarts what died."""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
from dataclasses import dataclass
from typing import Any

from spark_host import wire
from spark_host.job import JobRequest, run_job
from spark_host.jvm import Jvm
from spark_host.service import SparkService

MAX_RUNS_AT_ONCE = 4
# How a script's error begins when the other end of its connection to Java is gone.
CONNECTION_ERRORS = ("Py4J", "Connection")


@dataclass
class Run:
    """A run and the connection that waits for its end; ``pid`` is 0 while it waits for its turn."""

    request: JobRequest
    connection: socket.socket
    pid: int = 0
    result: int = -1
    jvm: Jvm | None = None


class Host:
    """Answers ``run``, ``stop`` and ``status``. Everything happens in one thread, so that it is always safe to fork."""

    def __init__(self, service: SparkService, token: str) -> None:
        self.service = service
        self.token = token
        self.server = wire.listen()
        self.runs: dict[str, Run] = {}
        self.selector = selectors.DefaultSelector()
        self.wakeup, self.waker = socket.socketpair()
        for end in (self.wakeup, self.waker):
            end.setblocking(False)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        service.before_keeper = self._forget_in_child
        self.selector.register(self.server, selectors.EVENT_READ, self._accept)
        self.selector.register(self.wakeup, selectors.EVENT_READ, self._drain)

    @property
    def port(self) -> int:
        port: int = self.server.getsockname()[1]
        return port

    def serve_until_closed(self, lifeline: int) -> None:
        """Serves until the file descriptor ``lifeline``, the parent's end of a pipe, is closed."""
        self.selector.register(lifeline, selectors.EVENT_READ, None)
        while True:
            for key, _ in self.selector.select(timeout=1 if self.service.ready else 0.05):
                if key.data is None:
                    return
                key.data()
            self._reap()
            self.service.keep_alive()
            self._start_waiting()

    def end(self) -> None:
        for run in self.runs.values():
            self._kill(run)
        self.service.end()

    def _drain(self) -> None:
        self.wakeup.recv(4096)

    def _accept(self) -> None:
        connection, _ = self.server.accept()
        connection.settimeout(5)
        try:
            request = wire.receive_trusted(connection, self.token)
            answer = self._answer(request, connection)
        except (OSError, ValueError, KeyError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        if answer is not None:
            _reply(connection, answer)

    def _answer(self, request: wire.Message, connection: socket.socket) -> wire.Message | None:
        operation = request["operation"]
        if operation == "run":
            job = JobRequest.parse(request)
            self.runs[job.run_id] = Run(job, connection)
            return None
        if operation == "stop":
            run = self.runs.get(request["run_id"])
            if run:
                self._kill(run)
            return {"stopped": run is not None}
        return {"ready": self.service.ready, "runs": len(self.runs)}

    def _start_waiting(self) -> None:
        going = sum(1 for run in self.runs.values() if run.pid)
        waiting = [run for run in self.runs.values() if not run.pid]
        for run in waiting[: MAX_RUNS_AT_ONCE - going]:
            if self.service.ready:
                self._fork(run)

    def _fork(self, run: Run) -> None:
        jvm = self.service.jvm
        assert jvm is not None
        readable, writable = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._forget_in_child()
            self.service.forget_in_child()
            run_job(run.request, jvm, writable)
        os.close(writable)
        run.pid, run.result, run.jvm = pid, readable, jvm

    def _forget_in_child(self) -> None:
        """A child keeps nothing open that its parent's death or a run's end should close."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.wakeup.close()
        self.waker.close()
        self.server.close()
        for other in self.runs.values():
            other.connection.close()
        self.selector.close()

    def _kill(self, run: Run) -> None:
        if not run.pid:
            del self.runs[run.request.run_id]
            _reply(run.connection, {"error": "stopped before it began"})
            return
        for kill, target in ((os.killpg, run.pid), (os.kill, run.pid)):
            try:
                kill(target, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def _reap(self) -> None:
        for run in [run for run in self.runs.values() if run.pid]:
            pid, status = os.waitpid(run.pid, os.WNOHANG)
            if pid:
                del self.runs[run.request.run_id]
                _reply(run.connection, self._outcome(run, status))
                self.service.clean_up_after(run.request.run_id, idle=not any(r.pid for r in self.runs.values()))

    def _outcome(self, run: Run, status: int) -> wire.Message:
        with os.fdopen(run.result) as pipe:
            written = pipe.read()
        if written:
            outcome: dict[str, Any] = json.loads(written)
            if (outcome["error"] or "").startswith(CONNECTION_ERRORS) and run.jvm and run.jvm.ended_within(2):
                outcome["error"] = f"Spark's Java process ended during the run: {outcome['error']}"
            return outcome
        code = os.waitstatus_to_exitcode(status)
        cause = f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return {"error": f"the script's process was {cause} before it finished"}


def _reply(connection: socket.socket, message: wire.Message) -> None:
    try:
        wire.send(connection, message)
    except OSError as error:
        print(f"nobody waits for {message}: {error}", file=sys.stderr)
    finally:
        connection.close()
