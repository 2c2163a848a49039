from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import time
import zipfile
from typing import Any

import pytest
from botocore.exceptions import ClientError
from emulator import glue_jobs, job_files
from emulator.spark import Spark
from running_laptop import RunningLaptop
from scripts import CATALOG, SESSION


def zipped(**modules: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in modules.items():
            archive.writestr(f"shared/{name}.py", text)
        archive.writestr("shared/__init__.py", "")
    return content.getvalue()


def log_of(laptop: RunningLaptop, run: dict[str, Any]) -> str:
    return (laptop.folder / "logs" / "glue" / f"{run['JobName']}-{run['Id']}.log").read_text()


def test_a_script_gets_arguments_settings_and_an_iceberg_table(laptop: RunningLaptop) -> None:
    script = SESSION + (
        "import sys\n"
        "spark.sql('create namespace if not exists tests')\n"
        "spark.sql('create table tests.t (id int) using iceberg')\n"
        "spark.sql('insert into tests.t values (1), (2)')\n"
        "print(sys.argv[1:], __name__, spark.table('tests.t').count(), spark.conf.get('spark.sql.shuffle.partitions'))\n"
    )
    conf = f"{CATALOG} --conf spark.sql.shuffle.partitions=3"
    run = laptop.run(script, {"--conf": conf, "--color": "blue green", "--datalake-formats": "iceberg"})
    assert (run["JobRunState"], run.get("ErrorMessage")) == ("SUCCEEDED", None)
    expected = ["--color", "blue green", "--JOB_NAME", run["JobName"], "--JOB_RUN_ID", run["Id"]]
    assert sorted(expected) == sorted(json.loads(log_of(laptop, run).split("]")[0].replace("'", '"') + "]"))
    assert log_of(laptop, run).endswith("] __main__ 2 3\n")


def test_modules_are_imported_by_the_script_and_by_spark_s_workers_in_their_newest_version(laptop: RunningLaptop) -> None:
    script = SESSION + (
        "from shared.words import word\n"
        "def write(batches):\n"
        "    import pyarrow\n"
        "    from shared.words import word\n"
        "    for _ in batches:\n"
        "        yield pyarrow.RecordBatch.from_pydict({'word': [word()]})\n"
        "rows = spark.range(1).coalesce(1).mapInArrow(write, 'word string').collect()\n"
        "print(word(), [row.word for row in rows])\n"
    )
    uri = laptop.upload("shared.zip", zipped(words="def word(): return 'old'"))
    job = laptop.create_job(script, {"--extra-py-files": uri})
    old = laptop.wait(job, laptop.start_run(job))
    laptop.upload("shared.zip", zipped(words="def word(): return 'new'"))
    new = laptop.wait(job, laptop.start_run(job))
    assert [run.get("ErrorMessage") for run in (old, new)] == [None, None]
    assert (log_of(laptop, old), log_of(laptop, new)) == ("old ['old']\n", "new ['new']\n")


@pytest.mark.parametrize(
    "ending, message",
    [
        ("raise RuntimeError('[Terminal] EmptyFile: nothing in it')", "[Terminal] EmptyFile: nothing in it"),
        ("raise KeyError('customer')", "KeyError: 'customer'"),
        ("raise SystemExit(3)", "SystemExit: the script ended with 3"),
        ("import os; os.kill(os.getpid(), 9)", "the script's process was killed by SIGKILL before it finished"),
        ("import os; os._exit(4)", "the script's process was ended with code 4 before it finished"),
        ("def broken(:", "SyntaxError: "),
    ],
)
def test_a_script_that_fails(laptop: RunningLaptop, ending: str, message: str) -> None:
    run = laptop.run(ending)
    assert run["JobRunState"] == "FAILED"
    assert run["ErrorMessage"].startswith(message)


def test_an_error_of_spark_carries_its_words(laptop: RunningLaptop) -> None:
    run = laptop.run(SESSION + "spark.range(1).select('nothing')")
    assert run["JobRunState"] == "FAILED"
    assert run["ErrorMessage"].startswith("AnalysisException: [UNRESOLVED_COLUMN")


def test_what_cannot_run_fails(laptop: RunningLaptop) -> None:
    missing = laptop.run(None)
    assert (missing["JobRunState"], missing["ErrorMessage"]) == (
        "FAILED",
        "FileNotThere: s3://scripts/nothing-here.py does not exist: deploy again",
    )
    unsupported = laptop.run("pass", {"--extra-jars": "s3://a/b.jar"})
    assert unsupported["JobRunState"] == "FAILED"
    glue = laptop.client("glue")
    glue.create_job(Name="shell", Role="r", Command={"Name": "pythonshell", "ScriptLocation": "s3://a/b.py"})
    with pytest.raises(ClientError, match="shell is no Spark job"):
        glue.start_job_run(JobName="shell")


def test_two_at_once_share_no_view_and_no_setting(laptop: RunningLaptop) -> None:
    script = SESSION + (
        "import sys, time\n"
        "mine = sys.argv[sys.argv.index('--mine') + 1]\n"
        "spark.conf.set('spark.sql.session.timeZone', mine)\n"
        "spark.sql(f\"select '{mine}' as mine\").createOrReplaceTempView('shared_name')\n"
        "time.sleep(2)\n"
        "print(spark.table('shared_name').first().mine, spark.conf.get('spark.sql.session.timeZone'))\n"
    )
    job = laptop.create_job(script, ExecutionProperty={"MaxConcurrentRuns": 2})
    zones = ("UTC", "Asia/Tokyo")
    runs = [laptop.start_run(job, {"--mine": zone}) for zone in zones]
    done = [laptop.wait(job, run) for run in runs]
    assert [log_of(laptop, run) for run in done] == [f"{zone} {zone}\n" for zone in zones]
    assert max(run["StartedOn"] for run in done) <= min(run["CompletedOn"] for run in done)


def test_stopping_the_session_leaves_spark_to_the_others(laptop: RunningLaptop) -> None:
    script = SESSION + "spark.stop()\nspark = SparkSession.builder.getOrCreate()\nprint(spark.range(3).count())\n"
    run = laptop.run(script)
    assert (run.get("ErrorMessage"), log_of(laptop, run)) == (None, "3\n")
    assert laptop.run(SESSION + "spark.range(1).count()")["JobRunState"] == "SUCCEEDED"


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
