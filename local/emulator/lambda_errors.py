"""Names of errors that a Node Lambda throws, which ministack 1.5.33 replaces by ``Runtime.HandlerError``.

Step Functions retries and catches by name, so without this no state machine takes the path it takes in AWS.
"""

from __future__ import annotations

import threading
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

# (what the worker's script says, what it has to say), each found exactly once.
EDITS = (
    (
        'error: String(err.message || err), trace: err.stack || ""',
        'error: String(err.message || err), trace: err.stack || "", errorType: err.name || "Error"',
    ),
    ("error: e.message, trace: e.stack\n", 'error: e.message, trace: e.stack, errorType: e.name || "Error"\n'),
)


# What ministack says of a worker that was killed, and what Lambda does; state machines try that again.
DIED = "Worker process died"
EXIT_ERROR = "Runtime.ExitError"


class EmulatorChanged(Exception):
    """The pinned emulator does not look as it did when its patches were written."""


def install() -> None:
    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    for old, new in EDITS:
        if script.count(old) != 1:
            raise EmulatorChanged(f"ministack's Node worker has no longer one {old!r}")
        script = script.replace(old, new)
    lambda_runtime._NODEJS_WORKER_SCRIPT = script
    _keep_names_of_errors()


def error_type(result: dict[str, Any]) -> str | None:
    """The name of the error that ended a call; None where there was none, or none is known."""
    return EXIT_ERROR if result.get("error") == DIED else result.get("errorType")


def _keep_names_of_errors() -> None:
    """The worker's answer is read in one function and turned into the payload in another, on one thread."""
    last = threading.local()
    invoke = lambda_runtime.Worker.invoke
    execute = lambda_svc._execute_function_warm

    def remembering_invoke(worker: Any, *args: Any, **options: Any) -> Any:
        result = invoke(worker, *args, **options)
        last.error_type = error_type(result) if isinstance(result, dict) else None
        return result

    def naming_execute(*args: Any) -> Any:
        last.error_type = None
        answer = execute(*args)
        if answer.get("error") and last.error_type:
            answer["body"]["errorType"] = last.error_type
        return answer

    lambda_runtime.Worker.invoke = remembering_invoke
    lambda_svc._execute_function_warm = naming_execute
