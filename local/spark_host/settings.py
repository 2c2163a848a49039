"""What the laptop's Spark needs beyond what a job brings in its own ``--conf``."""

from __future__ import annotations

import os

ICEBERG = "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
CATALOG = "spark.sql.catalog.lake"


def driver_memory() -> str:
    """A quarter of the machine's memory, 1 to 4 GB; ASSAY_SPARK_MEMORY says otherwise."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    megabytes = min(4096, max(1024, total // 4 // 2**20))
    return os.environ.get("ASSAY_SPARK_MEMORY", f"{megabytes}m")


def host_conf(endpoint: str, region: str, scratch: str) -> dict[str, str]:
    """The settings of the one context. Glue sets most of these in its own way."""
    return {
        "spark.master": "local[2]",
        "spark.app.name": "assay-laptop",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": scratch,
        "spark.sql.warehouse.dir": f"{scratch}/warehouse",
        "spark.sql.extensions": ICEBERG,
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        # Small local tasks: the pause before a job is scheduled on a busy core is not worth it.
        "spark.locality.wait": "0",
        # Every hash table and sort takes a page and fills it with zeros; by default 64 MB, for a few hundred rows.
        "spark.buffer.pageSize": "2m",
        # Shuffle files and broadcasts go when their owner is collected; a small heap left alone is hardly ever collected.
        "spark.cleaner.periodicGC.interval": "2min",
        **_storage_conf(endpoint, region),
    }


def _storage_conf(endpoint: str, region: str) -> dict[str, str]:
    s3a = "spark.hadoop.fs.s3a"
    return {
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        f"{s3a}.endpoint": endpoint,
        f"{s3a}.endpoint.region": region,
        f"{s3a}.path.style.access": "true",
        f"{s3a}.connection.ssl.enabled": "false",
        f"{s3a}.aws.credentials.provider": "com.amazonaws.auth.EnvironmentVariableCredentialsProvider",
        # Uploads keep their blocks in memory: no folder to clean up after a killed run.
        f"{s3a}.fast.upload.buffer": "bytebuffer",
        f"{CATALOG}.s3.endpoint": endpoint,
        f"{CATALOG}.s3.path-style-access": "true",
        f"{CATALOG}.glue.endpoint": endpoint,
        f"{CATALOG}.client.region": region,
    }


def lake_conf() -> dict[str, str]:
    """The catalog as the jobs' own ``--conf`` sets it, for queries and for warming up."""
    return {
        CATALOG: "org.apache.iceberg.spark.SparkCatalog",
        f"{CATALOG}.catalog-impl": "org.apache.iceberg.aws.glue.GlueCatalog",
        f"{CATALOG}.io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
        "spark.sql.defaultCatalog": "lake",
    }
