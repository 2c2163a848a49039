"""Runs Glue Spark jobs for real, in place of ministack's StartJobRun, which reports success for what it cannot run."""

from __future__ import annotations

import contextvars
import threading
import time
from typing import Any

from ministack.core.responses import error_response_json, json_response, new_uuid
from ministack.services import glue

from emulator import job_arguments, job_files
from emulator.glue_events import announce
from emulator.spark import Spark

ACTIVE = frozenset({"STARTING", "RUNNING", "STOPPING"})
RunRecord = dict[str, Any]
_starting = threading.Lock()


def install(spark: Spark) -> None:
    stop = glue._batch_stop_job_run

    def start_job_run(data: dict[str, Any]) -> Any:
        return _start(data, spark)

    def batch_stop_job_run(data: dict[str, Any]) -> Any:
        answer = stop(data)
        for run in glue._job_runs.get(data.get("JobName"), []):
            if run["Id"] in data.get("JobRunIds", []) and run["JobRunState"] == "STOPPED":
                spark.stop(run["Id"])
        return answer

    glue._start_job_run = start_job_run
    glue._batch_stop_job_run = batch_stop_job_run


def _start(data: dict[str, Any], spark: Spark) -> Any:
    name = str(data.get("JobName"))
    job = glue._jobs.get(name)
    if job is None:
        return error_response_json("EntityNotFoundException", f"Job {name} not found", 400)
    if not glue._is_spark_job(job):
        return error_response_json("InvalidInputException", f"{name} is no Spark job: the laptop runs only those", 400)
    with _starting:
        full = _active_runs(name) >= job["ExecutionProperty"]["MaxConcurrentRuns"]
        if full and not job["JobRunQueuingEnabled"]:
            return error_response_json("ConcurrentRunsExceededException", f"Concurrent runs exceeded for {name}", 400)
        run = _new_run(job, data)
        run["JobRunState"] = "WAITING" if full else "STARTING"
        glue._job_runs.setdefault(name, []).append(run)
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_execute, run, job, spark), daemon=True).start()
    return json_response({"JobRunId": run["Id"]})


def _active_runs(job_name: str) -> int:
    return sum(1 for run in glue._job_runs.get(job_name, []) if run["JobRunState"] in ACTIVE)


def _new_run(job: dict[str, Any], data: dict[str, Any]) -> RunRecord:
    now = int(time.time())
    copied = ("GlueVersion", "WorkerType", "NumberOfWorkers", "MaxCapacity", "SecurityConfiguration")
    return {
        "Id": new_uuid(),
        "JobName": job["Name"],
        "Attempt": 0,
        "StartedOn": now,
        "LastModifiedOn": now,
        "Arguments": {**job.get("DefaultArguments", {}), **data.get("Arguments", {})},
        "PredecessorRuns": [],
        "ExecutionTime": 0,
        "Timeout": data.get("Timeout") or job.get("Timeout") or 2880,
        **{name: job[name] for name in copied if job.get(name)},
    }


def _execute(run: RunRecord, job: dict[str, Any], spark: Spark) -> None:
    try:
        _wait_for_turn(run, job)
        state, message = _run_script(run, job, spark)
    except Exception as error:
        state, message = "FAILED", f"{type(error).__name__}: {error}"
    now = int(time.time())
    run.update(CompletedOn=now, LastModifiedOn=now, ExecutionTime=now - run["StartedOn"])
    # A stopped run stays stopped, whatever its killed script left behind.
    if run["JobRunState"] != "STOPPED":
        if message:
            run["ErrorMessage"] = message
        run["JobRunState"] = state
    announce(run)


def _wait_for_turn(run: RunRecord, job: dict[str, Any]) -> None:
    while run["JobRunState"] == "WAITING":
        with _starting:
            if _active_runs(job["Name"]) < job["ExecutionProperty"]["MaxConcurrentRuns"]:
                run["JobRunState"] = "STARTING"
        time.sleep(0.2)


def _run_script(run: RunRecord, job: dict[str, Any], spark: Spark) -> tuple[str, str | None]:
    """The run's final state and its error message."""
    arguments = {"--JOB_NAME": job["Name"], "--JOB_RUN_ID": run["Id"], **run["Arguments"]}
    files = spark.folder / "glue"
    script = job_files.fetch(job["Command"].get("ScriptLocation", ""), files)
    modules = [job_files.import_path(job_files.fetch(uri, files)) for uri in job_arguments.python_files(arguments)]
    request = {
        "run_id": run["Id"],
        "script": str(script),
        "arguments": job_arguments.script_arguments(arguments),
        "conf": job_arguments.spark_settings(arguments),
        "python_path": modules,
        "log": str(spark.folder / "logs" / "glue" / f"{job['Name']}-{run['Id']}.log"),
    }
    run["JobRunState"] = "RUNNING"
    try:
        error = spark.run(request, timeout=run["Timeout"] * 60)
    except TimeoutError:
        spark.stop(run["Id"])
        return "TIMEOUT", f"the run took longer than its timeout of {run['Timeout']} minutes"
    return ("FAILED", error) if error else ("SUCCEEDED", None)
