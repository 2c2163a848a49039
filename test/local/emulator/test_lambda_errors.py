from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from running_laptop import RunningLaptop

HANDLER = """
class EmptyFile extends Error { constructor(m) { super(m); this.name = 'EmptyFile'; } }
exports.handler = (event) => {
  if (event.how === 'now') throw new EmptyFile('nothing in it');
  if (event.how === 'later') return Promise.reject(new EmptyFile('nothing in it'));
  if (event.how === 'killed') process.kill(process.pid, 'SIGKILL');
  if (event.how === 'type') return undefined.length;
  return Promise.resolve({ fine: true });
};
"""


def zipped(handler: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("index.js", handler)
    return content.getvalue()


@pytest.fixture(scope="module")
def function(laptop: RunningLaptop) -> str:
    laptop.client("lambda").create_function(
        FunctionName="failing",
        Runtime="nodejs22.x",
        Role="arn:aws:iam::000000000000:role/function",
        Handler="index.handler",
        Code={"ZipFile": zipped(HANDLER)},
    )
    return "failing"


def invoke(laptop: RunningLaptop, function: str, how: str) -> Any:
    answer = laptop.client("lambda").invoke(FunctionName=function, Payload=json.dumps({"how": how}))
    return json.loads(answer["Payload"].read())


def test_an_error_keeps_its_name(laptop: RunningLaptop, function: str) -> None:
    thrown = {"errorMessage": "nothing in it", "errorType": "EmptyFile"}
    assert [invoke(laptop, function, how) for how in ("now", "later")] == [thrown, thrown]
    assert invoke(laptop, function, "type")["errorType"] == "TypeError"
    assert invoke(laptop, function, "not") == {"fine": True}


def test_a_killed_process_is_what_state_machines_try_again(laptop: RunningLaptop, function: str) -> None:
    assert invoke(laptop, function, "killed")["errorType"] == "Runtime.ExitError"


def test_a_state_machine_catches_it_by_name(laptop: RunningLaptop, function: str) -> None:
    catch = [{"ErrorEquals": ["EmptyFile"], "ResultPath": "$.failure", "Next": "Caught"}]
    states = {
        "Call": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": function, "Payload.$": "$"},
            "Catch": catch,
            "End": True,
        },
        "Caught": {"Type": "Pass", "End": True},
    }
    done = laptop.execute("Call", states, {"how": "later"})
    assert done["status"] == "SUCCEEDED"
    assert json.loads(done["output"])["failure"]["Error"] == "EmptyFile"
