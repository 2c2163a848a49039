"""Keeps a Glue job's ``ExecutionProperty`` and ``JobRunQueuingEnabled``, which ministack 1.5.33 forgets."""

from __future__ import annotations

from typing import Any

from ministack.services import glue
from ministack.services.cloudformation import provisioners

DEFAULTS: dict[str, Any] = {"ExecutionProperty": {"MaxConcurrentRuns": 1}, "JobRunQueuingEnabled": False}


def install() -> None:
    provisioners._GLUE_JOB_DEFAULTS.update(DEFAULTS)
    create, update = glue._create_job, glue._update_job

    def create_job(data: dict[str, Any]) -> Any:
        answer = create(data)
        if answer[0] == 200:
            _keep(data["Name"], data)
        return answer

    def update_job(data: dict[str, Any]) -> Any:
        answer = update(data)
        if answer[0] == 200:
            _keep(data["JobName"], data.get("JobUpdate", {}))
        return answer

    glue._create_job = create_job
    glue._update_job = update_job


def _keep(name: str, given: dict[str, Any]) -> None:
    job = glue._jobs[name]
    for setting, default in DEFAULTS.items():
        job[setting] = given.get(setting, job.get(setting, default))
