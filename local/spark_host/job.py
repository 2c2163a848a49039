"""One Glue run, in the process that was forked for it."""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyspark import SparkContext

from spark_host.attach import attach, release_java_objects
from spark_host.jvm import Jvm
from spark_host.wire import Message

MAX_MESSAGE = 4000


@dataclass(frozen=True)
class JobRequest:
    """What a run is: a script file, its arguments, Spark settings, folders and zips to import from, a log file."""

    run_id: str
    script: str
    arguments: list[str]
    conf: dict[str, str]
    python_path: list[str]
    log: str

    @classmethod
    def parse(cls, message: Message) -> JobRequest:
        return cls(**{name: message[name] for name in cls.__dataclass_fields__})


def run_job(request: JobRequest, jvm: Jvm, result: int) -> None:
    """Runs the script as ``__main__`` and writes its outcome to the pipe ``result``. Does not return."""
    os.setsid()
    _redirect_output(request.log)
    try:
        error = _run_script(request, jvm)
    except BaseException as unexpected:
        traceback.print_exc()
        error = describe(unexpected)
    with os.fdopen(result, "w") as pipe:
        json.dump({"error": error}, pipe)
    try:
        sys.stdout.flush()
        release_java_objects()
    finally:
        os._exit(0)


def _redirect_output(log: str) -> None:
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)


def _run_script(request: JobRequest, jvm: Jvm) -> str | None:
    """The script's error, or None."""
    path = os.pathsep.join(request.python_path)
    attach(jvm, request.conf, {"PYTHONPATH": path} if path else {})
    _name_spark_jobs_after(request.run_id)
    sys.argv = [request.script, *request.arguments]
    sys.path[:] = [str(Path(request.script).parent), *request.python_path, *_library_path()]
    try:
        runpy.run_path(request.script, run_name="__main__")
    except SystemExit as end:
        if end.code not in (None, 0):
            return f"SystemExit: the script ended with {end.code!r}"
    except BaseException as error:
        traceback.print_exc()
        return describe(error)
    return None


def _library_path() -> list[str]:
    """The search path without the laptop's own modules."""
    ours = {str(Path(__file__).parents[1]), ""}
    return [folder for folder in sys.path if folder not in ours]


def _name_spark_jobs_after(run_id: str) -> None:
    """Spark jobs of a stopped run can then be cancelled by its id."""
    original = SparkContext._do_init

    def do_init(context: SparkContext, *args: Any) -> None:
        original(context, *args)
        context.setJobGroup(run_id, run_id, interruptOnCancel=True)

    SparkContext._do_init = do_init


def describe(error: BaseException) -> str:
    """The text for the run's ErrorMessage: an error that already says its kind is taken as it is."""
    text = str(error) or "no message"
    if not text.startswith(("[Terminal]", "[Transient]")):
        text = f"{type(error).__name__}: {text}"
    if len(text) <= MAX_MESSAGE:
        return text
    # Of a JVM's long traces the last cause says most.
    root = next((line for line in reversed(text.splitlines()) if line.startswith("Caused by: ")), "")[: MAX_MESSAGE // 4]
    return f"{text[: MAX_MESSAGE - len(root) - 1]}\n{root}"
