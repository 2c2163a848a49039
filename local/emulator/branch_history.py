"""Events of states inside Parallel branches, which ministack 1.5.33 leaves out of an execution's history and AWS lists."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from ministack.services import stepfunctions

_place = threading.local()


def install() -> None:
    """States of a branch are run by `_run_sub_machine`, on a thread of the branch; those of the machine itself are not."""
    run_branch = stepfunctions._run_sub_machine

    def marked_branch(*args: Any) -> Any:
        was_inside, _place.inside = getattr(_place, "inside", False), True
        try:
            return run_branch(*args)
        finally:
            _place.inside = was_inside

    stepfunctions._run_sub_machine = marked_branch
    stepfunctions._execute_task = _with_events(stepfunctions._execute_task)
    stepfunctions._execute_parallel = _with_events(stepfunctions._execute_parallel)


def _with_events(execute: Callable[..., Any]) -> Callable[..., Any]:
    def executed(definition: Any, given: Any, execution: Any, context: Any) -> Any:
        if not getattr(_place, "inside", False):
            return execute(definition, given, execution, context)
        # Read before it runs: the states of a branch inside this one share the context.
        name, kind = context["State"]["Name"], definition["Type"]
        entered = {"name": name, "input": json.dumps(given)}
        stepfunctions._add_event(execution, f"{kind}StateEntered", {"stateEnteredEventDetails": entered})
        output, following = execute(definition, given, execution, context)
        left = {"name": name, "output": json.dumps(output)}
        stepfunctions._add_event(execution, f"{kind}StateExited", {"stateExitedEventDetails": left})
        return output, following

    return executed
