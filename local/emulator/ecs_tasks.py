"""ECS tasks that are a run of dbt, done by the laptop's Snowflake host instead of a container.

Without Docker ministack calls a task RUNNING for ever, having run nothing; any task but one of a container ``dbt`` is refused.
Its Step Functions also call a task that failed a success, where AWS fails the state with ``States.TaskFailed``.
"""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import ecs, stepfunctions
from ministack.services.cloudformation import provisioners

from emulator.snowflake import Snowflake

CONTAINER = "dbt"
LOOK_EVERY_SECONDS = 0.2
EXITED = "Essential container in task exited"
# Task ARN → the host's run.
_runs: dict[str, str] = {}


def install(snowflake: Snowflake) -> None:
    """Replaces what runs tasks, what stops them and what waits for them in a state machine."""
    record, stop = ecs._run_task, ecs._stop_task

    def run_task(data: dict[str, Any]) -> Any:
        definition = ecs._task_defs.get(ecs._resolve_td_key(data.get("taskDefinition", "")))
        containers = definition["containerDefinitions"] if definition else []
        if definition and [one["name"] for one in containers] != [CONTAINER]:
            message = f"the laptop runs tasks of one container called {CONTAINER} only"
            return error_response_json("ClientException", message, 400)
        status, headers, body = record(data)
        if status == 200:
            for task in json.loads(body)["tasks"]:
                _start(ecs._tasks[task["taskArn"]], containers[0], data, snowflake)
        return status, headers, body

    def stop_task(data: dict[str, Any]) -> Any:
        arn = data.get("task", "")
        run = next((run for task, run in _runs.items() if task == arn or task.endswith(f"/{arn}")), None)
        if run:
            snowflake.stop(run)
        return stop(data)

    for name, replacement in (("run_task", run_task), ("stop_task", stop_task)):
        setattr(ecs, f"_{name}", replacement)
        ecs._ACTION_MAP["".join(word.capitalize() for word in name.split("_"))] = replacement
    stepfunctions._poll_ecs_tasks = _wait_for_tasks
    _keep_secrets()


def _keep_secrets() -> None:
    """CloudFormation's ``Secrets`` of a container reach ECS with names that it knows; it loses them otherwise."""
    normalize = provisioners._normalize_container_defs

    def with_secrets(containers: list[dict[str, Any]]) -> Any:
        found = normalize(containers)
        for one, given in zip(found, containers, strict=True):
            secrets = given.get("Secrets", [])
            one["secrets"] = [{"name": each["Name"], "valueFrom": _arn(each["ValueFrom"])} for each in secrets]
        return found

    provisioners._normalize_container_defs = with_secrets


def _arn(secret: str) -> str:
    """A reference to a secret is its name there, where AWS gives the ARN."""
    prefix = f"arn:aws:secretsmanager:{ecs.get_region()}:{ecs.get_account_id()}:secret:"
    return secret if secret.startswith("arn:") else prefix + secret


def _start(task: dict[str, Any], container: dict[str, Any], data: dict[str, Any], snowflake: Snowflake) -> None:
    account, region = ecs.get_account_id(), ecs.get_region()
    override = _override(data)

    def work() -> None:
        with ecs.request_scope(account, region):
            _run(task, container, override, snowflake)

    threading.Thread(target=work, daemon=True).start()


def _override(data: dict[str, Any]) -> dict[str, Any]:
    overrides = data.get("overrides", {}).get("containerOverrides", [])
    found: dict[str, Any] = next((one for one in overrides if one.get("name") == CONTAINER), {})
    return found


def _run(task: dict[str, Any], container: dict[str, Any], override: dict[str, Any], snowflake: Snowflake) -> None:
    arn = task["taskArn"]
    pairs = [*container.get("environment", []), *override.get("environment", [])]
    try:
        environment = {pair["name"]: pair["value"] for pair in pairs} | ecs._resolve_container_secrets(container)
        words = override.get("command") or container.get("command", [])
        run = _runs[arn] = snowflake.start(words, environment)
    except Exception as error:
        ecs._mark_task_stopped(arn, task, f"ResourceInitializationError: {error}", "TaskFailedToStart")
        return
    log = ecs._awslogs_config(container, arn.rpartition("/")[2], run)
    is_logged = log is not None and ecs._ensure_awslogs_stream(log)
    reason, code = EXITED, 1
    try:
        for lines, exit_code in snowflake.follow(run, LOOK_EVERY_SECONDS):
            for line in lines if is_logged else []:
                ecs._emit_awslogs_event(log, line)
            code = code if exit_code is None else exit_code
    except Exception as error:
        reason = f"{EXITED}: the Snowflake host does not answer: {error}"
    ecs._mark_task_stopped(arn, task, reason, "EssentialContainerExited", exit_code=code)
    del _runs[arn]


def _wait_for_tasks(cluster: str, arns: list[str]) -> dict[str, Any]:
    """Until all have stopped; the one task's description, as AWS gives it. A state's own timeout ends a longer wait."""
    while True:
        tasks = json.loads(ecs._describe_tasks({"cluster": cluster, "tasks": arns})[2])["tasks"]
        if tasks and all(task["lastStatus"] == "STOPPED" for task in tasks):
            break
        time.sleep(LOOK_EVERY_SECONDS)
    described = [_pascal(task) for task in tasks]
    for task in described:
        codes = [container.get("ExitCode") for container in task["Containers"]]
        if any(code != 0 for code in codes):
            raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(task))
    return described[0] if len(described) == 1 else {"Tasks": described}


def _pascal(value: Any) -> Any:
    if isinstance(value, list):
        return [_pascal(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name[:1].upper() + name[1:]: _pascal(one) for name, one in value.items()}
