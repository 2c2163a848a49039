from __future__ import annotations

import json
import time

from running_laptop import RunningLaptop


def template(rules: str) -> str:
    properties = {"Name": "assay-local-purchases", "Ruleset": f"Rules = [ {rules} ]"}
    ruleset = {"Type": "AWS::Glue::DataQualityRuleset", "Properties": properties}
    return json.dumps({"Resources": {"Ruleset": ruleset}, "Outputs": {"Name": {"Value": {"Ref": "Ruleset"}}}})


def test_a_template_with_a_ruleset_is_created_changed_and_deleted(laptop: RunningLaptop) -> None:
    stacks = laptop.client("cloudformation")
    stacks.create_stack(StackName="quality", TemplateBody=template('Completeness "a" >= 0.95'))
    assert ended(laptop) == "CREATE_COMPLETE"
    stacks.update_stack(StackName="quality", TemplateBody=template('Completeness "a" >= 0.99'))
    assert ended(laptop) == "UPDATE_COMPLETE"
    stack = stacks.describe_stacks(StackName="quality")["Stacks"][0]
    assert [output["OutputValue"] for output in stack["Outputs"]] == ["assay-local-purchases"]
    name = stack["StackId"]
    stacks.delete_stack(StackName="quality")
    assert ended(laptop, name) == "DELETE_COMPLETE"


def ended(laptop: RunningLaptop, name: str = "quality") -> str:
    """The stack's status once nothing is under way."""
    stacks = laptop.client("cloudformation")
    deadline = time.monotonic() + 30
    while True:
        status: str = stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        if not status.endswith("IN_PROGRESS"):
            return status
        assert time.monotonic() < deadline, status
        time.sleep(0.2)
