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

    def marked_branch(states: Any, start_at: Any, given: Any, execution: Any, context: Any) -> Any:
        outer, _place.execution = getattr(_place, "execution", None), execution
        try:
            return run_branch(states, start_at, given, execution, context)
        finally:
            _place.execution = outer

    stepfunctions._run_sub_machine = marked_branch
    for kind in ("task", "parallel", "map", "pass", "choice", "wait"):
        name = f"_execute_{kind}"
        setattr(stepfunctions, name, _with_events(getattr(stepfunctions, name)))


def _with_events(execute: Callable[..., Any]) -> Callable[..., Any]:
    def executed(definition: Any, given: Any, *others: Any) -> Any:
        execution = getattr(_place, "execution", None)
        if execution is None:
            return execute(definition, given, *others)
        # Read before it runs: the states of a branch inside this one share the context, which comes last.
        name, kind = others[-1]["State"]["Name"], definition["Type"]
        entered = {"name": name, "input": json.dumps(given)}
        stepfunctions._add_event(execution, f"{kind}StateEntered", {"stateEnteredEventDetails": entered})
        output, following = execute(definition, given, *others)
        left = {"name": name, "output": json.dumps(output)}
        stepfunctions._add_event(execution, f"{kind}StateExited", {"stateExitedEventDetails": left})
        return output, following

    return executed
