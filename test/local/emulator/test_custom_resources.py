from __future__ import annotations

import json
import time

from running_laptop import RunningLaptop

TEMPLATE = {
    "Resources": {
        "Function": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Runtime": "nodejs22.x",
                "Handler": "index.handler",
                "Role": "arn:aws:iam::000000000000:role/function",
                "Code": {"ZipFile": "exports.handler = async () => { throw new Error('no database there'); };"},
            },
        },
        "Custom": {
            "Type": "Custom::Failing",
            "Properties": {"ServiceToken": {"Fn::GetAtt": ["Function", "Arn"]}, "ServiceTimeout": "300"},
        },
    }
}


def test_a_crashed_lambda_fails_its_custom_resource_at_once(laptop: RunningLaptop) -> None:
    stacks = laptop.client("cloudformation")
    stacks.create_stack(StackName="failing", TemplateBody=json.dumps(TEMPLATE), OnFailure="DO_NOTHING")
    deadline = time.monotonic() + 30
    while stacks.describe_stacks(StackName="failing")["Stacks"][0]["StackStatus"] == "CREATE_IN_PROGRESS":
        assert time.monotonic() < deadline, "still waiting for an answer that will not come"
        time.sleep(0.2)
    events = stacks.describe_stack_events(StackName="failing")["StackEvents"]
    reasons = [event.get("ResourceStatusReason", "") for event in events if event["ResourceStatus"] == "CREATE_FAILED"]
    assert any("no database there" in reason for reason in reasons)
