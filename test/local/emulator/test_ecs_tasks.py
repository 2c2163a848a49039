"""A task of a state machine that is a run of dbt."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from running_snowflake import RunningSnowflake
from throwaway_project import Throwaway

CLUSTER = "dbt"
LONG = """with a as (select seq4() as n from table(generator(rowcount => 200000)))
select count(*) as n from a as x, a as y where x.n + y.n = 1"""


@pytest.fixture
def project(snowflake: RunningSnowflake) -> Throwaway:
    return Throwaway(snowflake)


def define(snowflake: RunningSnowflake, container: str = "dbt") -> tuple[str, str]:
    """A task definition whose key comes from a secret, and its log group."""
    name = f"task-{uuid.uuid4().hex[:8]}"
    secret = snowflake.laptop.client("secretsmanager").create_secret(
        Name=name, SecretString=json.dumps({"privateKey": snowflake.keys["transformer"]["private"]})
    )["ARN"]
    snowflake.laptop.client("logs").create_log_group(logGroupName=f"/ecs/{name}")
    options = {"awslogs-group": f"/ecs/{name}", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "dbt"}
    snowflake.laptop.client("ecs").register_task_definition(
        family=name,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[
            {
                "name": container,
                "image": "dbt",
                "environment": [{"name": "SNOWFLAKE_USER", "value": "ASSAY_TRANSFORMER_USER"}],
                "secrets": [{"name": "SNOWFLAKE_PRIVATE_KEY", "valueFrom": f"{secret}:privateKey::"}],
                "logConfiguration": {"logDriver": "awslogs", "options": options},
            }
        ],
    )
    return name, f"/ecs/{name}"


def execute(snowflake: RunningSnowflake, task: str, command: list[str]) -> dict[str, Any]:
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::ecs:runTask.sync",
        "Parameters": {
            "Cluster": CLUSTER,
            "TaskDefinition": task,
            "LaunchType": "FARGATE",
            "Overrides": {"ContainerOverrides": [{"Name": "dbt", "Command": command}]},
        },
        "TimeoutSeconds": 120,
        "End": True,
    }
    return snowflake.laptop.execute("Run", {"Run": state}, {})


def overrides(command: list[str]) -> dict[str, Any]:
    return {"containerOverrides": [{"name": "dbt", "command": command}]}


def logged(snowflake: RunningSnowflake, group: str) -> list[str]:
    logs = snowflake.laptop.client("logs")
    return [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]


def test_a_run_of_dbt_is_a_task_that_succeeds(project: Throwaway) -> None:
    project.sell("s1", "t1", "1.00")
    task, group = define(project.snowflake)
    execution = execute(project.snowflake, task, ["build", "--full-refresh"])
    assert execution["status"] == "SUCCEEDED", execution
    output = json.loads(execution["output"])
    assert (output["LastStatus"], output["Containers"][0]["ExitCode"]) == ("STOPPED", 0)
    assert output["StopCode"] == "EssentialContainerExited"
    assert any("Completed successfully" in line for line in logged(project.snowflake, group))
    assert project.snowflake.rows("select id, sales from marts.totals", "reader") == [["s1", "1"]]


def test_a_run_that_fails_fails_the_state(project: Throwaway) -> None:
    project.sell("s1", "t1", "1.00")
    task, group = define(project.snowflake)
    (project.snowflake.project / "models" / "totals.sql").write_text("select nothing from {{ ref('latest') }}")
    execution = execute(project.snowflake, task, ["dbt", "run", "--full-refresh"])
    assert (execution["status"], execution["error"]) == ("FAILED", "States.TaskFailed")
    cause = json.loads(execution["cause"])
    assert (cause["Containers"][0]["ExitCode"], cause["StoppedReason"]) == (1, "Essential container in task exited")
    assert any("ERROR creating sql" in line for line in logged(project.snowflake, group))


def test_a_secret_that_is_not_there_is_a_task_that_does_not_start(project: Throwaway) -> None:
    task, _ = define(project.snowflake)
    project.snowflake.laptop.client("secretsmanager").delete_secret(SecretId=task, ForceDeleteWithoutRecovery=True)
    execution = execute(project.snowflake, task, ["run"])
    assert (execution["status"], execution["error"]) == ("FAILED", "States.TaskFailed")
    assert json.loads(execution["cause"])["StopCode"] == "TaskFailedToStart"


def test_a_stopped_task_ends_its_run(project: Throwaway) -> None:
    (project.snowflake.project / "models" / "seen.sql").write_text("{{ config(materialized='table') }} " + LONG)
    task, _ = define(project.snowflake)
    ecs = project.snowflake.laptop.client("ecs")
    arn = ecs.run_task(cluster=CLUSTER, taskDefinition=task, overrides=overrides(["run", "--full-refresh"]))["tasks"][0][
        "taskArn"
    ]
    time.sleep(2)
    ecs.stop_task(cluster=CLUSTER, task=arn)
    assert ecs.describe_tasks(cluster=CLUSTER, tasks=[arn])["tasks"][0]["lastStatus"] == "STOPPED"
    # The next run has its turn.
    assert project.snowflake.dbt("--version")[0] == 0


def test_any_other_task_is_refused(snowflake: RunningSnowflake) -> None:
    task, _ = define(snowflake, container="web")
    with pytest.raises(ClientError, match="one container called dbt only"):
        snowflake.laptop.client("ecs").run_task(cluster=CLUSTER, taskDefinition=task)
