"""Where loads run: a Data API and a bucket, of the laptop's emulator or of an account."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from running_warehouse import ENDED, PLACE, RunningWarehouse, value
from star_schema import ROOT

PREFIX = "assay-bench-loads"
FINISHED = "FINISHED"


@dataclass(frozen=True)
class Place:
    api: Any
    s3: Any
    bucket: str
    workgroup: dict[str, str]

    def batch(self, sqls: Sequence[str]) -> dict[str, Any]:
        """One transaction; how it ended, well or not."""
        return self._ended(self.api.batch_execute_statement(Sqls=list(sqls), **self.workgroup)["Id"])

    def call(self, sql: str) -> dict[str, Any]:
        return self._ended(self.api.execute_statement(Sql=sql, **self.workgroup)["Id"])

    def done(self, *sqls: str) -> None:
        for sql in sqls:
            described = self.call(sql)
            if described["Status"] != FINISHED:
                raise RuntimeError(f"{described.get('Error')}: {sql}")

    def number(self, sql: str) -> int:
        described = self.call(sql)
        if described["Status"] != FINISHED:
            raise RuntimeError(f"{described.get('Error')}: {sql}")
        ((field,),) = self.api.get_statement_result(Id=described["Id"])["Records"]
        return int(value(field))

    def put(self, folder: str, files: Sequence[bytes]) -> str:
        """The folder's address, as COPY wants it."""
        for number, content in enumerate(files):
            self.s3.put_object(Bucket=self.bucket, Key=f"{PREFIX}/{folder}/part-{number:03}.parquet", Body=content)
        return f"s3://{self.bucket}/{PREFIX}/{folder}/"

    def clear(self) -> None:
        for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=f"{PREFIX}/"):
            for each in page.get("Contents", []):
                self.s3.delete_object(Bucket=self.bucket, Key=each["Key"])

    def _ended(self, identifier: str) -> dict[str, Any]:
        while True:
            described: dict[str, Any] = self.api.describe_statement(Id=identifier)
            if described["Status"] in ENDED:
                return described
            time.sleep(0.02)


@contextmanager
def place_of(asked: Namespace, folder: Path) -> Iterator[Place]:
    """The laptop's, started and stopped, unless a workgroup is named."""
    if asked.workgroup is not None:
        workgroup = {"WorkgroupName": asked.workgroup, "Database": asked.database}
        yield Place(boto3.client("redshift-data"), boto3.client("s3"), asked.bucket, workgroup)
        return
    running = RunningWarehouse(ROOT, folder)
    running.start()
    try:
        running.s3.create_bucket(Bucket="lake")
        yield Place(running.api, running.s3, "lake", PLACE)
    finally:
        running.stop()
