from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from botocore.exceptions import ClientError
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
