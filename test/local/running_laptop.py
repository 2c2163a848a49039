"""The Spark host and the emulator as the supervisor starts them; PostgreSQL only where a test brings it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import boto3
from free_port import free_port

TOKEN = "token of the tests"
BUCKET = "scripts"


class RunningLaptop:
    """Two processes that end when their standard input is closed, and what tests do with them."""

    def __init__(self, project: Path, folder: Path, warehouse: tuple[int, str] = (1, "nobody listens there")) -> None:
        """``warehouse`` is the port and password of a PostgreSQL server."""
        self.project = project
        self.warehouse = warehouse
        self.folder = folder
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.spark: subprocess.Popen[bytes] | None = None
        self.emulator: subprocess.Popen[bytes] | None = None
        self.spark_ports: dict[str, int] = {}
        self.snowflake_port = 1

    def start(self) -> None:
        self.spark = self._spawn("spark_host", stdout=subprocess.PIPE)
        assert self.spark.stdout is not None
        self.spark_ports = json.loads(self.spark.stdout.readline())
        self.start_emulator()
        self.client("s3").create_bucket(Bucket=BUCKET)

    def start_emulator(self) -> None:
        self.emulator = self._spawn("emulator")
        deadline = time.monotonic() + 60
        while True:
            assert self.emulator.poll() is None, (self.folder / "logs" / "emulator.log").read_text()
            try:
                urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=5).close()
                return
            except OSError:
                assert time.monotonic() < deadline, "the emulator does not answer"
                time.sleep(0.1)

    def stop(self) -> None:
        for process in filter(None, (self.emulator, self.spark)):
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(30) == 0

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="laptop",
            aws_secret_access_key="laptop",
        )

    def upload(self, name: str, content: str | bytes) -> str:
        """The object's URI."""
        self.client("s3").put_object(Bucket=BUCKET, Key=name, Body=content)
        return f"s3://{BUCKET}/{name}"

    def create_job(self, script: str | None, arguments: dict[str, str] | None = None, **settings: Any) -> str:
        """A Glue job with that script's text; its name."""
        name = f"job-{uuid.uuid4().hex[:8]}"
        location = f"s3://{BUCKET}/nothing-here.py" if script is None else self.upload(f"{name}.py", script)
        self.client("glue").create_job(
            Name=name,
            Role="arn:aws:iam::000000000000:role/job",
            Command={"Name": "glueetl", "ScriptLocation": location, "PythonVersion": "3"},
            DefaultArguments=arguments or {},
            GlueVersion="5.1",
            **settings,
        )
        return name

    def start_run(self, job: str, arguments: dict[str, str] | None = None) -> str:
        run_id: str = self.client("glue").start_job_run(JobName=job, Arguments=arguments or {})["JobRunId"]
        return run_id

    def look(self, job: str, run_id: str) -> dict[str, Any]:
        run: dict[str, Any] = self.client("glue").get_job_run(JobName=job, RunId=run_id)["JobRun"]
        return run

    def wait(self, job: str, run_id: str, until: tuple[str, ...] = ("SUCCEEDED", "FAILED", "STOPPED")) -> dict[str, Any]:
        deadline = time.monotonic() + 120
        while (run := self.look(job, run_id))["JobRunState"] not in until:
            assert time.monotonic() < deadline, f"still {run['JobRunState']}"
            time.sleep(0.1)
        return run

    def run(self, script: str | None, arguments: dict[str, str] | None = None, **settings: Any) -> dict[str, Any]:
        """A script run to its end."""
        job = self.create_job(script, arguments, **settings)
        return self.wait(job, self.start_run(job))

    def execute(self, start_at: str, states: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        """An execution of a state machine of these states, ended."""
        machines = self.client("stepfunctions")
        machine = machines.create_state_machine(
            name=f"machine-{uuid.uuid4().hex[:8]}",
            definition=json.dumps({"StartAt": start_at, "States": states}),
            roleArn="arn:aws:iam::000000000000:role/machine",
        )["stateMachineArn"]
        arn = machines.start_execution(stateMachineArn=machine, input=json.dumps(given))["executionArn"]
        # Loading dbt alone takes many seconds where others work beside.
        deadline = time.monotonic() + 180
        while True:
            execution: dict[str, Any] = machines.describe_execution(executionArn=arn)
            if execution["status"] != "RUNNING":
                return execution
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def _spawn(self, module: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
        logs = self.folder / "logs"
        logs.mkdir(exist_ok=True)
        state = self.project / ".assay"
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.project / "local"),
            "ASSAY_LAPTOP_DIRECTORY": str(self.folder),
            "ASSAY_SPARK_TOKEN": TOKEN,
            "ASSAY_SPARK_JARS": str(state / "jars"),
            "ASSAY_SPARK_RUNS_PORT": str(self.spark_ports.get("runs", 1)),
            "ASSAY_SPARK_QUERIES_PORT": str(self.spark_ports.get("queries", 1)),
            "ASSAY_SNOWFLAKE_PORT": str(self.snowflake_port),
            "ASSAY_SNOWFLAKE_TOKEN": TOKEN,
            "ASSAY_WAREHOUSE_PORT": str(self.warehouse[0]),
            "ASSAY_WAREHOUSE_PASSWORD": self.warehouse[1],
            "JAVA_HOME": (state / "java-home").read_text().strip(),
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "laptop",
            "AWS_SECRET_ACCESS_KEY": "laptop",
            "GATEWAY_PORT": str(self.port),
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.folder / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.folder / "s3"),
            "DOCKER_HOST": "unix:///nonexistent",
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
        }
        with (logs / f"{module}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module],
                stdin=subprocess.PIPE,
                stdout=stdout or log,
                stderr=log,
                env=environment,
            )
