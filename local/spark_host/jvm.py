"""The Java process that Spark runs in."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyspark

# What Spark's own launcher passes on Java 17 (org.apache.spark.launcher.JavaModuleOptions).
OPENED_PACKAGES = (
    "java.base/java.lang",
    "java.base/java.lang.invoke",
    "java.base/java.lang.reflect",
    "java.base/java.io",
    "java.base/java.net",
    "java.base/java.nio",
    "java.base/java.util",
    "java.base/java.util.concurrent",
    "java.base/java.util.concurrent.atomic",
    "java.base/jdk.internal.ref",
    "java.base/sun.nio.ch",
    "java.base/sun.nio.cs",
    "java.base/sun.security.action",
    "java.base/sun.util.calendar",
    "java.security.jgss/sun.security.krb5",
)
# The optimizing compiler waits ten times as long as by default: most of what a small file runs is run a few times. Seen on a
# shared machine of 2 cores: the acceptance run of the concessions used 0.88 of the default's CPU, and a million rows from inbox
# to database (bench/inbox-to-database.ts) took as long as before. Without that compiler at all it was 0.81, but the
# million took 72 s instead of 43.
JAVA_OPTIONS = (
    "-XX:+UseParallelGC",
    "-XX:Tier4InvocationThreshold=50000",
    "-XX:Tier4MinInvocationThreshold=6000",
    "-XX:Tier4CompileThreshold=150000",
    "-XX:Tier4BackEdgeThreshold=400000",
)
START_TIMEOUT_SECONDS = 60


class JvmDidNotStart(Exception):
    """The Java process ended, or said nothing, before it could be talked to."""


@dataclass(frozen=True)
class Jvm:
    """A running Spark gateway. It ends when its standard input is closed, so it never outlives its parent."""

    process: subprocess.Popen[bytes]
    port: int
    secret: str

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ended_within(self, seconds: float) -> bool:
        """Its connections break a moment before it has ended."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def forget_in_child(self) -> None:
        """Closes the child's copy of the pipe that keeps the JVM alive."""
        assert self.process.stdin is not None
        os.close(self.process.stdin.fileno())


def start(conf: dict[str, str], memory: str, java_home: Path, jars: Path, log: IO[bytes]) -> Jvm:
    """Starts Java directly: spark-submit would start one more Java just to print this command."""
    with tempfile.TemporaryDirectory(prefix="assay-spark-") as folder:
        info = Path(folder, "connection")
        process = subprocess.Popen(
            _command(conf, memory, java_home, jars),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env={
                **os.environ,
                "SPARK_LOCAL_IP": "127.0.0.1",
                "_PYSPARK_DRIVER_CONN_INFO_PATH": str(info),
                "PYSPARK_PYTHON": sys.executable,
            },
            start_new_session=True,
        )
        port, secret = _read_connection(process, info)
    return Jvm(process, port, secret)


def _command(conf: dict[str, str], memory: str, java_home: Path, jars: Path) -> list[str]:
    spark_jars = Path(pyspark.__path__[0], "jars")
    opened = [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED_PACKAGES]
    options = [part for name, value in conf.items() for part in ("--conf", f"{name}={value}")]
    return [
        str(java_home / "bin" / "java"),
        # Spark's own jars come first, so that ours do not bring it other versions of what it uses.
        *("-cp", f"{Path(__file__).parent / 'conf'}{os.pathsep}{spark_jars}/*{os.pathsep}{jars}/*"),
        f"-Xmx{memory}",
        *JAVA_OPTIONS,
        *opened,
        "org.apache.spark.deploy.SparkSubmit",
        *options,
        "pyspark-shell",
    ]


def _read_connection(process: subprocess.Popen[bytes], info: Path) -> tuple[int, str]:
    """Where the gateway listens; it writes port, length and secret, and renames the file into place."""
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while not info.exists():
        if process.poll() is not None:
            raise JvmDidNotStart(f"Java ended with {process.returncode} before Spark was ready")
        if time.monotonic() > deadline:
            process.kill()
            raise JvmDidNotStart(f"Spark was not ready after {START_TIMEOUT_SECONDS} s")
        time.sleep(0.02)
    content = info.read_bytes()
    port, length = struct.unpack(">ii", content[:8])
    return port, content[8 : 8 + length].decode()
