"""Does a day cost what it brings, or what is there already?"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from psycopg import Connection
from running_postgres import PASSWORD
from running_warehouse import RunningWarehouse
from star_schema import ROOT, connect, create, rows
from warehouse_api import DATASETS, Api, Seconds

# Some thousand rows a day of each dataset but products.
SIZES = {"customers": 40_000, "products": 1_500, "orders": 60_000, "web-events": 150_000}
BY_DAY = ("orders", "web-events")
DAYS = 31
CHANGED = "select coalesce(sum(rows_added + rows_removed), 0) from core.refresh_change where refresh_id = '{}'"
NOTHING = Seconds()
FACTS = """select (select count(*) from core.fact_sales) + (select count(*) from core.fact_web_events)
    + (select count(*) from core.fact_inventory)"""


@dataclass(frozen=True)
class Day:
    name: str
    rows: int
    load: Seconds
    refresh: Seconds
    changed: int
    statements: dict[str, float]


def run(folder: Path, asked: Namespace, generate: Callable[[Path, Sequence[str], dict[str, int]], None]) -> None:
    last = date(2025, 1, 1) + timedelta(asked.span - 1)
    words = ["--from", "2025-01-01", "--to", str(last), "--batches", str(asked.span)]
    each_day = asked.scale * asked.span / DAYS
    sizes = {name: max(50, round(size * (each_day if name in BY_DAY else asked.scale))) for name, size in SIZES.items()}
    generate(folder / "files", words, sizes)
    (folder / "laptop").mkdir()
    running = RunningWarehouse(ROOT, folder / "laptop")
    running.start()
    try:
        with connect(running.postgres.port, PASSWORD) as connection:
            create(connection)
            measure(Api(running, connection), connection, folder / "files")
    finally:
        running.stop()


def measure(api: Api, connection: Connection, files: Path) -> None:
    print("\nwall: as who waits sees it; busy: of the processor, by the database and the emulator; both in seconds")
    print(
        f"{'':14}{'rows':>8}{'load wall':>11}{'busy':>7}{'refresh wall':>14}{'busy':>7}{'rows changed':>14}{'facts':>10}"
        f"{'machine':>9}"
    )
    days = [one_day(api, connection, files, 1)]
    again = refresh(api, connection, "nothing new")
    days += [one_day(api, connection, files, number) for number in range(2, DAYS + 1)]
    again_at_end = refresh(api, connection, "nothing new")
    full = refresh(api, connection, "full", full=True)
    compare_days(days)
    compare_refreshes(days, full, again, again_at_end)
    statements(days, full)


def one_day(api: Api, connection: Connection, files: Path, number: int) -> Day:
    """The six files one after the other, so that each one's time is its own; the product loads them at once."""
    loads = [api.load(dataset, files / f"{dataset}_202501{number:02}.parquet", number) for dataset in DATASETS]
    load = NOTHING
    for seconds, _ in loads:
        load = load.plus(seconds)
    return refresh(api, connection, f"day {number}", sum(count for _, count in loads), load)


def refresh(api: Api, connection: Connection, name: str, came: int = 0, load: Seconds = NOTHING, *, full: bool = False) -> Day:
    seconds, identifier, statements = api.refresh(full=full)
    ((changed,),) = rows(connection, CHANGED.format(identifier))
    ((facts,),) = rows(connection, FACTS)
    print(
        f"{name:14}{came:>8,}{load.wall:>11.2f}{load.busy:>7.2f}{seconds.wall:>14.2f}{seconds.busy:>7.2f}{int(changed):>14,}"
        f"{facts:>10,}{os.getloadavg()[0]:>9.1f}",
        flush=True,
    )
    api.analyze(identifier)
    pass_a_night(connection)
    return Day(name, came, load, seconds, int(changed), statements)


def pass_a_night(connection: Connection) -> None:
    """A server vacuums by itself when it has had a minute's time, which these days do not leave it."""
    tables = "select schemaname || '.' || tablename from pg_tables where schemaname in ('raw', 'staging', 'core', 'marts')"
    for (table,) in rows(connection, tables):
        connection.execute(f"vacuum (analyze) {table}".encode())


def compare_days(days: list[Day]) -> None:
    figures: dict[str, Callable[[Day], float]] = {
        "load, wall": lambda day: day.load.wall,
        "load, busy": lambda day: day.load.busy,
        "refresh, wall": lambda day: day.refresh.wall,
        "refresh, busy": lambda day: day.refresh.busy,
        "load and refresh, wall": lambda day: day.load.wall + day.refresh.wall,
        "load and refresh, busy": lambda day: day.load.busy + day.refresh.busy,
        "rows that came": lambda day: day.rows,
        "rows that changed": lambda day: day.changed,
        "busy with loading a row that came": lambda day: day.load.busy / day.rows,
        "busy with refreshing a row that changed": lambda day: day.refresh.busy / day.changed,
    }
    print(f"\n{'median of the last three days against':44}{'day 1':>9}{'days 2-4':>10}{'goal':>8}")
    for name, figure in figures.items():
        ratios = [median(map(figure, days[-3:])) / median(map(figure, before)) for before in (days[:1], days[1:4])]
        print(f"  {name:42}{ratios[0]:>9.2f}{ratios[1]:>10.2f}{'<= 1.3' if 'load' in name else '':>8}")


def compare_refreshes(days: list[Day], full: Day, again: Day, again_at_end: Day) -> None:
    compared = {
        "nothing new after day 1, of day 1's": (again, days[0], "<= 0.2"),
        f"nothing new after day {DAYS}, of a full one": (again_at_end, full, "<= 0.2"),
        f"day {DAYS}'s, of a full one": (days[-1], full, ""),
    }
    print(f"\n{'a refresh':44}{'wall':>9}{'busy':>10}{'goal':>8}{'rows changed':>15}")
    for name, (one, other, goal) in compared.items():
        ratios = (one.refresh.wall / other.refresh.wall, one.refresh.busy / other.refresh.busy)
        print(f"  {name:42}{ratios[0]:>9.3f}{ratios[1]:>10.3f}{goal:>8}{one.changed:>15,}")


def statements(days: list[Day], full: Day) -> None:
    """Where the time of a refresh goes."""
    print(f"\n{'seconds of':40}{'day 1':>9}{'day 2-4':>9}{f'day {DAYS - 2}-{DAYS}':>11}{'full':>9}")
    for name in sorted(full.statements, key=full.statements.__getitem__, reverse=True)[:14]:
        times = [median(day.statements.get(name, 0) for day in some) for some in (days[:1], days[1:4], days[-3:], [full])]
        print(f"  {name.removeprefix('call '):38}{times[0]:>9.2f}{times[1]:>9.2f}{times[2]:>11.2f}{times[3]:>9.2f}")
