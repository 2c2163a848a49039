"""How long do analysts wait, once there are millions of facts?"""

from __future__ import annotations

import random
import signal
import subprocess
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from emulator.redshift_dialect import translate
from psycopg import Connection
from pyarrow import csv
from running_postgres import PASSWORD, RunningPostgres
from star_schema import ROOT, connect, create, refresh, rows, warehouse_sql
from warehouse_api import DATASETS, run_id_of, with_own_columns
from warehouse_peer import Peer
from warehouse_questions import GOALS, Question, questions

# Of the generator: six million facts.
SCALE = 59
RUNS = 20
COUNTS = ("core.fact_sales", "core.fact_web_events", "core.fact_inventory", "core.dim_customer", "core.dim_product")


class Postgres(RunningPostgres):
    def restart(self) -> None:
        """Its own memory is empty afterwards; what the operating system keeps of its files stays."""
        assert self._server is not None
        self._server.send_signal(signal.SIGINT)
        self._server.wait()
        self._server = subprocess.Popen(self._server.args, cwd="/", stderr=subprocess.DEVNULL, **self._identity())
        self._superuser().close()


def run(folder: Path, asked: Namespace, generate: Callable[[Path, Sequence[str], dict[str, int]], None]) -> None:
    generate(folder / "files", ["--scale", f"{SCALE * asked.scale:g}", "--batches", "1"], {})
    postgres = Postgres(ROOT)
    postgres.start()
    try:
        with connect(postgres.port, PASSWORD) as connection:
            create(connection)
            build(connection, folder / "files")
            asking = questions(connection)
            started = time.perf_counter()
            peer = Peer(connection, folder)
            print(f"{'exported for DuckDB':34}{time.perf_counter() - started:>9.1f} s")
        ask_all(postgres, peer, asking)
    finally:
        postgres.stop()


def build(connection: Connection, files: Path) -> None:
    started = time.perf_counter()
    for dataset in DATASETS:
        (path,) = files.glob(f"{dataset}_2*.parquet")
        fill(connection, dataset, path)
    print(f"{'rows into staging, by COPY':34}{time.perf_counter() - started:>9.1f} s")
    for name, full in {"first refresh": True, "refresh with nothing new": False}.items():
        started = time.perf_counter()
        refresh(connection, full=full)
        print(f"{name:34}{time.perf_counter() - started:>9.1f} s", flush=True)
    # A server does so by itself, some minutes later.
    for model in warehouse_sql().models.values():
        connection.execute(f"vacuum (analyze) {model['table']}".encode())
    for table in COUNTS:
        print(f"{table:34}{rows(connection, f'select count(*) from {table}')[0][0]:>11,} rows")


def fill(connection: Connection, dataset: str, path: Path) -> None:
    run_id = run_id_of(path)
    table = with_own_columns(path, run_id, 1)
    with connection.cursor() as cursor, cursor.copy(f"copy staging.{dataset} from stdin (format csv)".encode()) as copy:
        for batch in table.to_batches(max_chunksize=32_768):
            texts = pa.RecordBatch.from_arrays([as_text(column) for column in batch.columns], names=batch.schema.names)
            target = pa.BufferOutputStream()
            csv.write_csv(texts, target, csv.WriteOptions(include_header=False, quoting_style="all_valid"))
            copy.write(memoryview(target.getvalue()))
    ledger = f"insert into staging.load_ledger values ('{run_id}', '{dataset}', {table.num_rows}, now())"
    connection.execute(ledger.encode())
    connection.execute(f"analyze staging.{dataset}".encode())


def as_text(values: pa.Array) -> pa.Array:
    return pc.cast(pc.cast(values, pa.timestamp("us")) if pa.types.is_timestamp(values.type) else values, pa.string())


def ask_all(postgres: Postgres, peer: Peer, asked: list[Question]) -> None:
    print(
        f"\nmilliseconds; cold: the first after a restart of PostgreSQL, the operating system's cache stays; hot: {RUNS} others"
    )
    titles = ("cold", "hot p50", "hot p95", "goal", "DuckDB p50", "p95", "ours/DuckDB")
    print(f"{'':40}" + "".join(f"{title:>12}" for title in titles))
    for question in asked:
        chance = random.Random(question.name)
        sqls = [translate(question.sql, question.parameters(chance)).statements[0] for _ in range(RUNS + 1)]
        postgres.restart()
        with connect(postgres.port, PASSWORD) as connection:
            ours = [timed(lambda sql: rows(connection, sql), sql) for sql in sqls]
        theirs = [timed(peer.ask, sql) for sql in sqls] if question.of_facts else []
        for (_, one), (_, other) in zip(ours, theirs, strict=False):
            assert one == other, f"{question.name}: DuckDB answers otherwise"
        print(line(question, [seconds for seconds, _ in ours], [seconds for seconds, _ in theirs]), flush=True)


def timed(ask: Callable[[str], list[Any]], sql: str) -> tuple[float, list[Any]]:
    started = time.perf_counter()
    answer = ask(sql)
    return time.perf_counter() - started, answer


def line(question: Question, ours: list[float], theirs: list[float]) -> str:
    cold, hot = ours[0], sorted(ours[1:])
    goal = GOALS[question.kind]
    p50, p95 = hot[RUNS // 2 - 1], hot[RUNS * 19 // 20 - 1]
    figures = f"{cold * 1000:>12.1f}{p50 * 1000:>12.1f}{p95 * 1000:>12.1f}{f'< {goal * 1000:.0f}':>12}"
    if theirs:
        peer = sorted(theirs[1:])
        their_p50, their_p95 = peer[RUNS // 2 - 1], peer[RUNS * 19 // 20 - 1]
        figures += f"{their_p50 * 1000:>12.1f}{their_p95 * 1000:>12.1f}{p50 / their_p50:>12.2f}"
    return f"{question.name:40}{figures}{'' if p95 < goal else '  MISSED'}"
