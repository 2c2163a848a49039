"""The emulator and PostgreSQL, without Spark: what the Data API needs.

``python running_warehouse.py`` does the same for tests in other languages: says where it is, serves until standard input is
closed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from running_laptop import RunningLaptop
from running_postgres import PASSWORD, RunningPostgres

PLACE = {"WorkgroupName": "assay-local", "Database": "warehouse"}
ENDED = {"FINISHED", "FAILED", "ABORTED"}
# A long one that is Redshift's: no pg_sleep there.
LONG = """with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
    select count(*) from n a, n b, n c where a.i + b.i + c.i = 1"""


def refusal(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as refused:
        call(**request)
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


class RunningWarehouse:
    def __init__(self, project: Path, folder: Path) -> None:
        self.postgres = RunningPostgres(project)
        self.laptop = RunningLaptop(project, folder, (self.postgres.port, PASSWORD))

    def start(self) -> None:
        self.postgres.start()
        self.laptop.start_emulator()
        self.api = self.laptop.client("redshift-data")
        self.s3 = self.laptop.client("s3")

    def stop(self) -> None:
        self.laptop.stop()
        self.postgres.stop()

    def wait(self, identifier: str, until: set[str] = ENDED) -> dict[str, Any]:
        """The description once the statement's status is one of these."""
        deadline = time.monotonic() + 60
        while True:
            described: dict[str, Any] = self.api.describe_statement(Id=identifier)
            if described["Status"] in until:
                return described
            assert time.monotonic() < deadline, described["Status"]
            time.sleep(0.02)

    def run(self, *sqls: str, **more: Any) -> dict[str, Any]:
        """One statement, or several as a batch; the description at its end."""
        if len(sqls) == 1:
            submitted = self.api.execute_statement(Sql=sqls[0], **PLACE, **more)
        else:
            submitted = self.api.batch_execute_statement(Sqls=list(sqls), **PLACE, **more)
        return self.wait(submitted["Id"])

    def done(self, *sqls: str, **more: Any) -> dict[str, Any]:
        described = self.run(*sqls, **more)
        assert described["Status"] == "FINISHED", described.get("Error")
        return described

    def rows(self, sql: str, **more: Any) -> list[list[Any]]:
        """The values of all pages."""
        pages = self.api.get_paginator("get_statement_result").paginate(Id=self.done(sql, **more)["Id"])
        return [[value(field) for field in record] for page in pages for record in page["Records"]]

    def error(self, *sqls: str, **more: Any) -> str:
        described = self.run(*sqls, **more)
        assert described["Status"] == "FAILED", described["Status"]
        return str(described["Error"])


def value(field: dict[str, Any]) -> Any:
    ((kind, content),) = field.items()
    return None if kind == "isNull" else content


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        warehouse = RunningWarehouse(Path(__file__).parents[2], Path(own))
        warehouse.start()
        print(json.dumps({"endpoint": warehouse.laptop.endpoint}), flush=True)
        sys.stdin.read()
        warehouse.stop()
