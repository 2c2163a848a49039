"""The JVM and the keeper process beside it: started together, restarted together."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from spark_host import jvm, wire
from spark_host.keeper import keep
from spark_host.settings import driver_memory, host_conf

PAUSE_BEFORE_RESTART_SECONDS = 5


@dataclass(frozen=True)
class Laptop:
    """Where things are: the emulator's endpoint, and folders for Java, jars, scratch files and logs."""

    endpoint: str
    region: str
    java_home: Path
    jars: Path
    scratch: Path
    logs: Path
    token: str


class SparkService:
    """Starts both in ``keep_alive``, as often as it takes; ``ready`` from when the context exists."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.jvm: jvm.Jvm | None = None
        self.queries = wire.listen()
        self.ready = False
        self._keeper = 0
        self._line: socket.socket | None = None
        self._not_before = 0.0
        self.before_keeper: Callable[[], None] = lambda: None

    @property
    def jvm_alive(self) -> bool:
        return self.jvm is not None and self.jvm.alive

    def keep_alive(self) -> None:
        """Notices that the context is ready, or that Java or keeper died, and starts them again."""
        if self._keeper and (not self.jvm_alive or self._keeper_died()):
            print("Spark ended unexpectedly: starting it again", file=sys.stderr, flush=True)
            self.end()
            self._not_before = time.monotonic() + PAUSE_BEFORE_RESTART_SECONDS * (not self.ready)
            self.ready = False
        if not self._keeper and time.monotonic() >= self._not_before:
            self._start()
        if not self.ready:
            self.ready = self._heard("ready")

    def clean_up_after(self, run_id: str, idle: bool) -> None:
        """Cancels what the run left going in Spark and, when nothing else runs, drops what runs left cached."""
        if self._line is not None and self.ready:
            # A keeper that has just died left nothing to clean up.
            with suppress(OSError):
                wire.send(self._line, {"run_id": run_id, "idle": idle})

    def end(self) -> None:
        if self._keeper:
            os.kill(self._keeper, signal.SIGKILL)
            os.waitpid(self._keeper, 0)
            self._keeper = 0
        if self._line is not None:
            self._line.close()
            self._line = None
        if self.jvm is not None:
            self.jvm.end()
            self.jvm = None

    def forget_in_child(self) -> None:
        if self.jvm is not None:
            self.jvm.forget_in_child()
        if self._line is not None:
            self._line.close()
        self.queries.close()

    def _start(self) -> None:
        laptop = self.laptop
        conf = host_conf(laptop.endpoint, laptop.region, str(laptop.scratch))
        with open(laptop.logs / "spark.log", "ab") as log:
            self.jvm = jvm.start(conf, driver_memory(), laptop.java_home, laptop.jars, log)
        self._line, theirs = socket.socketpair()
        self._line.setblocking(False)
        self._keeper = os.fork()
        if self._keeper == 0:
            self._become_keeper(theirs)
        theirs.close()

    def _become_keeper(self, line: socket.socket) -> None:
        assert self.jvm is not None
        assert self._line is not None
        self.before_keeper()
        self.jvm.forget_in_child()
        self._line.close()
        keep(self.laptop, self.jvm, line, self.queries)

    def _keeper_died(self) -> bool:
        pid, _ = os.waitpid(self._keeper, os.WNOHANG)
        if pid:
            self._keeper = 0
        return pid != 0

    def _heard(self, word: str) -> bool:
        if self._line is None:
            return False
        try:
            return word in self._line.recv(100).decode()
        except BlockingIOError:
            return False
