"""``python -m spark_host``: serves until standard input is closed; says on standard output where it listens."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

# Before anything starts threads or reads them: a process that forks must have none, and Glue's clock is UTC.
os.environ.update({"TZ": "UTC", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"})
os.environ.setdefault("OBJC_DISABLE_INITIALIZE_FORK_SAFETY", "YES")
os.environ["PYSPARK_PYTHON"] = sys.executable

import boto3  # noqa: F401 - imported once here, for all runs
import pandas  # noqa: F401
import pyarrow  # noqa: F401
import pyspark.sql.functions  # noqa: F401

from spark_host.host import Host
from spark_host.service import Laptop, SparkService


def main() -> None:
    state = Path(os.environ["ASSAY_LAPTOP_DIRECTORY"])
    laptop = Laptop(
        endpoint=os.environ["AWS_ENDPOINT_URL"],
        region=os.environ["AWS_REGION"],
        java_home=Path(os.environ["JAVA_HOME"]),
        jars=Path(os.environ["ASSAY_SPARK_JARS"]),
        scratch=state / "spark",
        logs=state / "logs",
        token=os.environ.pop("ASSAY_SPARK_TOKEN"),
    )
    for folder in (laptop.scratch, laptop.logs):
        folder.mkdir(parents=True, exist_ok=True)
    service = SparkService(laptop)
    host = Host(service, laptop.token)
    print(json.dumps({"runs": host.port, "queries": service.queries.getsockname()[1]}), flush=True)
    try:
        host.serve_until_closed(sys.stdin.fileno())
    finally:
        host.end()


main()
