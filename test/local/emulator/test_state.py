from __future__ import annotations

import json
import time
from collections.abc import Callable

from running_laptop import BUCKET, RunningLaptop


def test_a_crash_keeps_what_was_there_and_executions_go_on(laptop: RunningLaptop) -> None:
    machines = laptop.client("stepfunctions")
    states = {"Wait": {"Type": "Wait", "Seconds": 15, "Next": "Done"}, "Done": {"Type": "Pass", "End": True}}
    machine = machines.create_state_machine(
        name="waiting",
        definition=json.dumps({"StartAt": "Wait", "States": states}),
        roleArn="arn:aws:iam::000000000000:role/machine",
    )["stateMachineArn"]
    laptop.upload("kept", "content")
    execution = machines.start_execution(stateMachineArn=machine, input='{"n": 1}')["executionArn"]
    saved = laptop.folder / "state"
    until(lambda: any(execution in path.read_text() for path in saved.glob("*step*")))
    assert laptop.emulator is not None
    laptop.emulator.kill()
    laptop.emulator.wait()
    laptop.start_emulator()
    assert laptop.client("s3").get_object(Bucket=BUCKET, Key="kept")["Body"].read() == b"content"
    until(lambda: machines.describe_execution(executionArn=execution)["status"] == "SUCCEEDED")
    assert json.loads(machines.describe_execution(executionArn=execution)["output"]) == {"n": 1}


def until(happened: Callable[[], bool], seconds: float = 90) -> None:
    """Waits for it; a machine under load takes its time."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"nothing happened within {seconds} s"
        time.sleep(0.2)
