from __future__ import annotations

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
    states = {"Targets": {"Type": "Parallel", "Branches": [BRANCH], "Next": "Report"}, "Report": {"Type": "Pass", "End": True}}
    execution = laptop.execute("Targets", states, {})
    history = laptop.client("stepfunctions").get_execution_history(executionArn=execution["executionArn"])
    passed = [place for place in map(_place, history["events"]) if place is not None]
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
