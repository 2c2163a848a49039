from __future__ import annotations

import json
import time

from running_laptop import BUCKET, RunningLaptop


def test_a_crash_keeps_what_was_there_and_executions_go_on(laptop: RunningLaptop) -> None:
    machines = laptop.client("stepfunctions")
    states = {"Wait": {"Type": "Wait", "Seconds": 6, "Next": "Done"}, "Done": {"Type": "Pass", "End": True}}
    machine = machines.create_state_machine(
        name="waiting",
        definition=json.dumps({"StartAt": "Wait", "States": states}),
        roleArn="arn:aws:iam::000000000000:role/machine",
    )["stateMachineArn"]
    laptop.upload("kept", "content")
    execution = machines.start_execution(stateMachineArn=machine, input='{"n": 1}')["executionArn"]
    time.sleep(5)  # the state is saved two seconds after the last request
    assert laptop.emulator is not None
    laptop.emulator.kill()
    laptop.emulator.wait()
    laptop.start_emulator()
    assert laptop.client("s3").get_object(Bucket=BUCKET, Key="kept")["Body"].read() == b"content"
    deadline = time.monotonic() + 30
    while (done := machines.describe_execution(executionArn=execution))["status"] != "SUCCEEDED":
        assert time.monotonic() < deadline, done
        time.sleep(0.2)
    assert json.loads(done["output"]) == {"n": 1}
