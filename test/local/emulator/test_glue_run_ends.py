from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from typing import Any

import pytest
from emulator import glue_jobs, job_files
from emulator.spark import Spark
from running_laptop import RunningLaptop
from scripts import SESSION


def test_no_more_runs_at_once_than_allowed(laptop: RunningLaptop) -> None:
    glue = laptop.client("glue")
    job = laptop.create_job("import time; time.sleep(3)")
    first = laptop.start_run(job)
    with pytest.raises(glue.exceptions.ConcurrentRunsExceededException):
        laptop.start_run(job)
    assert laptop.wait(job, first)["JobRunState"] == "SUCCEEDED"


def test_with_queuing_a_run_waits_for_its_turn(laptop: RunningLaptop) -> None:
    job = laptop.create_job("import time; time.sleep(2)", JobRunQueuingEnabled=True)
    first, second = laptop.start_run(job), laptop.start_run(job)
    assert laptop.look(job, second)["JobRunState"] == "WAITING"
    assert laptop.wait(job, first)["JobRunState"] == "SUCCEEDED"
    assert laptop.wait(job, second)["JobRunState"] == "SUCCEEDED"


def test_a_stopped_run_is_killed_with_what_it_does_in_spark(laptop: RunningLaptop) -> None:
    marker = laptop.folder / "still-alive"
    busy = SESSION + (
        "def slow(batches):\n"
        "    import time\n"
        f"    open({str(marker)!r}, 'w').close()\n"
        "    time.sleep(600)\n"
        "    yield from batches\n"
        "spark.range(2).repartition(2).mapInArrow(slow, 'id bigint').count()\n"
    )
    job = laptop.create_job(busy)
    run_id = laptop.start_run(job)
    while not marker.exists():
        time.sleep(0.1)
    answer = laptop.client("glue").batch_stop_job_run(JobName=job, JobRunIds=[run_id])
    assert [stopped["JobRunId"] for stopped in answer["SuccessfulSubmissions"]] == [run_id]
    assert laptop.wait(job, run_id)["JobRunState"] == "STOPPED"
    # Both cores were taken: this ends only if the stopped run's tasks were cancelled.
    assert laptop.run(SESSION + "spark.range(10).repartition(2).count()")["JobRunState"] == "SUCCEEDED"


def test_when_java_dies_the_run_fails_and_the_next_one_works(laptop: RunningLaptop) -> None:
    marker = laptop.folder / "counting"
    endless = f"while True:\n    spark.range(1).count()\n    open({str(marker)!r}, 'w').close()\n"
    job = laptop.create_job(SESSION + endless)
    run_id = laptop.start_run(job)
    while not marker.exists():
        time.sleep(0.1)
    assert laptop.spark is not None
    java = subprocess.check_output(["pgrep", "-P", str(laptop.spark.pid), "java"], text=True)
    os.kill(int(java), signal.SIGKILL)
    failed = laptop.wait(job, run_id)
    assert failed["JobRunState"] == "FAILED"
    assert "Spark's Java process ended during the run" in failed["ErrorMessage"]
    assert laptop.run(SESSION + "spark.range(1).count()")["JobRunState"] == "SUCCEEDED"


def test_a_run_that_takes_too_long(tmp_path: Any) -> None:
    class SlowSpark(Spark):
        stopped: list[str] = []  # noqa: RUF012

        def run(self, request: dict[str, Any], timeout: float) -> str | None:
            assert timeout == 120
            raise TimeoutError

        def stop(self, run_id: str) -> None:
            self.stopped.append(run_id)

    script = tmp_path / "script.py"
    job = {"Name": "slow", "Command": {"ScriptLocation": "s3://b/s.py"}}
    run = {"Id": "r", "Arguments": {}, "Timeout": 2}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job_files, "fetch", lambda uri, folder: script)
        outcome = glue_jobs._run_script(run, job, SlowSpark(runs=0, queries=0, token="", folder=tmp_path))
    assert outcome == ("TIMEOUT", "the run took longer than its timeout of 2 minutes")
    assert SlowSpark.stopped == ["r"]


def test_the_end_of_a_run_is_announced(laptop: RunningLaptop) -> None:
    events, sqs = laptop.client("events"), laptop.client("sqs")
    queue = sqs.create_queue(QueueName="glue-events")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = {"source": ["aws.glue"], "detail-type": ["Glue Job State Change"], "detail": {"state": ["FAILED"]}}
    events.put_rule(Name="glue-ends", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="glue-ends", Targets=[{"Id": "queue", "Arn": arn}])
    laptop.run("pass")
    failed = laptop.run("raise RuntimeError('[Terminal] EmptyFile: nothing in it')")
    messages = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10, MaxNumberOfMessages=10)["Messages"]
    assert [json.loads(message["Body"])["detail"] for message in messages] == [
        {
            "jobName": failed["JobName"],
            "severity": "ERROR",
            "state": "FAILED",
            "jobRunId": failed["Id"],
            "message": "[Terminal] EmptyFile: nothing in it",
        }
    ]
    events.remove_targets(Rule="glue-ends", Ids=["queue"])
