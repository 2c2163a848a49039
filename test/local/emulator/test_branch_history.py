from __future__ import annotations

import json
import time
from typing import Any

from running_laptop import RunningLaptop

# A task that fails (there is no such function), is caught, and lets its branch go on.
BRANCH = {
    "StartAt": "Load",
    "States": {
        "Load": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "nobody", "Payload.$": "$"},
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "LoadFailed"}],
            "End": True,
        },
        "LoadFailed": {"Type": "Pass", "Result": "Load", "ResultPath": "$.step", "Next": "Which way"},
        "Which way": {"Type": "Choice", "Choices": [{"Variable": "$.no", "IsPresent": True, "Next": "End"}], "Default": "End"},
        "End": {"Type": "Pass", "End": True},
    },
}


def test_states_of_a_branch_are_in_the_history_in_their_order(laptop: RunningLaptop) -> None:
    machines = laptop.client("stepfunctions")
    states = {"Targets": {"Type": "Parallel", "Branches": [BRANCH], "Next": "Report"}, "Report": {"Type": "Pass", "End": True}}
    machine = machines.create_state_machine(
        name="branching",
        definition=json.dumps({"StartAt": "Targets", "States": states}),
        roleArn="arn:aws:iam::000000000000:role/machine",
    )["stateMachineArn"]
    execution = machines.start_execution(stateMachineArn=machine, input="{}")["executionArn"]
    deadline = time.monotonic() + 30
    while machines.describe_execution(executionArn=execution)["status"] == "RUNNING":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    events = machines.get_execution_history(executionArn=execution)["events"]
    passed = [place for place in map(_place, events) if place is not None]
    assert passed == [
        "into Targets",
        *[f"{way} {name}" for name in ("Load", "LoadFailed", "Which way", "End") for way in ("into", "out of")],
        "out of Targets",
        "into Report",
        "out of Report",
    ]


def _place(event: dict[str, Any]) -> str | None:
    for way, details in (("into", "stateEnteredEventDetails"), ("out of", "stateExitedEventDetails")):
        if details in event:
            return f"{way} {event[details]['name']}"
    return None
