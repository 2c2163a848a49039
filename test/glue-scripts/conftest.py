"""A real Spark with Iceberg tables in a temporary warehouse, and the job document as the app renders it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from purchases_files import Lake
from pyspark.sql import SparkSession

from assay_glue.document import JobDocument, parse_document
from assay_glue.job import create_tables, start_session

ROOT = Path(__file__).parents[2]
ICEBERG = "org.apache.iceberg.spark"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    jars = sorted(str(jar) for jar in (ROOT / ".assay" / "jars").glob("*.jar"))
    if not jars:
        pytest.fail("no Spark jars in .assay/jars: run `node local/install.js --dev`")
    # The workers are processes of their own: they find the package as Glue's do, on the path.
    os.environ["PYTHONPATH"] = str(ROOT / "glue-scripts")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", ",".join(jars))
        # A few rows, many plans: neither Java's optimizing compiler nor Spark's code for each plan would ever pay.
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("spark-warehouse")))
        .config("spark.sql.extensions", f"{ICEBERG}.extensions.IcebergSparkSessionExtensions")
        .config("spark.sql.catalog.lake", f"{ICEBERG}.SparkCatalog")
        .config("spark.sql.catalog.lake.type", "hadoop")
        .config("spark.sql.catalog.lake.warehouse", str(tmp_path_factory.mktemp("warehouse")))
        .config("spark.sql.defaultCatalog", "lake")
        .getOrCreate()
    )
    # With the settings that the jobs' results depend on.
    session = start_session("tests")
    for database in ("silver", "gold", "quarantine", "quality"):
        session.sql(f"create namespace {database}")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def purchases_document() -> JobDocument:
    printed = subprocess.run(
        ["node", "--import", "tsx", "test/glue-scripts/print-job-document.ts", "purchases"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return parse_document(printed.stdout)


@pytest.fixture
def purchases(spark: SparkSession, purchases_document: JobDocument) -> Iterator[JobDocument]:
    """The document with its tables there and empty."""
    create_tables(spark, purchases_document)
    yield purchases_document
    for table in purchases_document.ddl:
        spark.sql(f"drop table {table} purge")


@pytest.fixture
def strict_lake(spark: SparkSession, purchases: JobDocument, tmp_path: Path) -> Lake:
    """With the contract's own thresholds."""
    return Lake(spark, purchases, tmp_path)


@pytest.fixture
def lake(strict_lake: Lake) -> Lake:
    """Publishes any file: in a test's few rows one bad row is more than a contract bears."""
    tolerant = dict.fromkeys(strict_lake.document.thresholds, "0")
    return replace(strict_lake, document=replace(strict_lake.document, thresholds=tolerant))
