"""What the product does with the warehouse, done the same way: batches of statements through the Data API."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from psycopg import Connection
from running_warehouse import ENDED, PLACE, RunningWarehouse
from star_schema import rows, warehouse_sql

BUCKET = "lake"
DATASETS = ("customers", "products", "orders", "order_items", "web_events", "inventory")


def with_own_columns(path: Path, run_id: str, sequence: int) -> pa.Table:
    """The rows of a generated file as the job that reads silver writes them."""
    table = pq.read_table(path)
    own = {
        "ingestion_date": pa.repeat(pa.scalar("2025-01-01").cast(pa.date32()), table.num_rows),
        "_source_key": pa.repeat(path.name, table.num_rows),
        "_source_version": pa.repeat("1", table.num_rows),
        "_row_number": pa.array(range(1, table.num_rows + 1), pa.int64()),
        "_run_id": pa.repeat(run_id, table.num_rows),
        "_silver_sequence": pa.repeat(pa.scalar(sequence, pa.int64()), table.num_rows),
        "_is_deleted": pa.repeat(False, table.num_rows),
    }
    for name, values in own.items():
        table = table.append_column(name, values)
    return table


def run_id_of(path: Path) -> str:
    return hashlib.sha256(path.name.encode()).hexdigest()


def stat_of(process: int) -> list[str]:
    """What Linux tells of it, without its number and name."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


class Seconds(NamedTuple):
    """``wall`` is what who waits sees; ``busy`` the processor's, which others who use the machine do not change as much."""

    wall: float = 0
    busy: float = 0

    def plus(self, other: Seconds) -> Seconds:
        return Seconds(self.wall + other.wall, self.busy + other.busy)


class Api:
    def __init__(self, running: RunningWarehouse, connection: Connection) -> None:
        self._api, self._s3, self._connection = running.api, running.s3, connection
        self._s3.create_bucket(Bucket=BUCKET)
        assert running.laptop.emulator is not None
        server = int(stat_of(connection.info.backend_pid)[1])
        self._processes = (running.laptop.emulator.pid, server)

    def batch(self, sqls: list[str]) -> tuple[Seconds, dict[str, Any]]:
        """From its submission to its end, and the description of the call."""
        busy, started = self._busy(), time.perf_counter()
        identifier = self._api.batch_execute_statement(Sqls=sqls, **PLACE)["Id"]
        while (described := self._api.describe_statement(Id=identifier))["Status"] not in ENDED:
            time.sleep(0.02)
        wall = time.perf_counter() - started
        assert described["Status"] == "FINISHED", described.get("Error")
        # A session's time is told with its server's once it has ended.
        while Path(f"/proc/{described['RedshiftPid']}").exists():
            time.sleep(0.005)
        return Seconds(wall, self._busy() - busy), described

    def _busy(self) -> float:
        """Of the emulator, the server and the sessions that have ended; Linux tells it in ticks."""
        return sum(int(ticks) for pid in self._processes for ticks in stat_of(pid)[11:15]) / os.sysconf("SC_CLK_TCK")

    def load(self, dataset: str, path: Path, sequence: int) -> tuple[Seconds, int]:
        """Seconds and rows of a generated file, which is put into the lake before the clock starts."""
        run_id = run_id_of(path)
        table = with_own_columns(path, run_id, sequence)
        target = pa.BufferOutputStream()
        pq.write_table(table, target)
        self._s3.put_object(Bucket=BUCKET, Key=f"{run_id}/part.parquet", Body=target.getvalue().to_pybytes())
        loads = warehouse_sql().loads[dataset]
        folder = f"s3://{BUCKET}/{run_id}/"
        seconds, _ = self.batch([sql.replace("THIS", run_id).replace("s3://b/c/", folder) for sql in loads])
        return seconds, table.num_rows

    def refresh(self, *, full: bool = False) -> tuple[Seconds, str, dict[str, float]]:
        """Seconds, its id, and the seconds of each statement; without the statistics that are gathered afterwards."""
        identifier = uuid.uuid4().hex
        sqls = [sql.replace("THIS", identifier) for sql in (warehouse_sql().full if full else warehouse_sql().refresh)]
        seconds, described = self.batch(sqls)
        parts = {part["QueryString"].split("\n")[0]: part["Duration"] / 1e9 for part in described["SubStatements"]}
        return seconds, identifier, parts

    def analyze(self, identifier: str) -> None:
        """As the step after a refresh does."""
        changed = f"select model from core.refresh_change where refresh_id = '{identifier}' and rows_added + rows_removed > 0"
        for (model,) in rows(self._connection, changed):
            self.batch([f"analyze {warehouse_sql().models[model]['table']}", "select 1"])
