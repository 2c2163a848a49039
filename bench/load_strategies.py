"""Two ways to bring a file's rows into the warehouse, on the same rows: which one is right, which one is faster?

    .assay/venv/bin/python bench/load_strategies.py [--rows N] [--rounds N] [--files N]

A is what the product does, MERGE; B a delete of the keys that come and an insert. And one COPY of one file against one of
many. On the Data API of the laptop's emulator, which PostgreSQL answers, in some three minutes; in an account with
``--workgroup NAME --bucket NAME`` (docs/load-strategies.md). Needs what ``node local/install.js --dev`` installs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "local"))
sys.path.append(str(Path(__file__).parents[1] / "test/local"))
sys.path.append(str(Path(__file__).parents[1] / "test/sql/redshift"))

# Found where the lines above say.
from load_data import loads_of
from load_place import Place, place_of
from load_rounds import Faulty, Rounds, Timed
from load_statements import Strategy, in_own_schemas, strategies
from load_verdict import compare, faulty_line, is_safe, timed_line, verdict
from star_schema import warehouse_sql
from warehouse import generate

DATASET, KEY = "orders", "order_id"
FAULTS: dict[str, Callable[[Rounds, Strategy], Faulty]] = {
    "fails midway": Rounds.failing_midway,
    "two at once": Rounds.two_at_once,
}
FAULTY_ROUNDS = 5


def table_statements() -> list[str]:
    wanted = (f'"raw".{DATASET} (', f"staging.{DATASET} (", "staging.load_ledger (")
    return [in_own_schemas(sql) for sql in warehouse_sql().create if any(name in sql for name in wanted)]


def progress(done: int, of: int, what: str) -> None:
    print(f"\r{what}: round {done} of {of}  ", end="" if done < of else "\n", file=sys.stderr, flush=True)


def timed_rounds(rounds: Rounds, candidates: Sequence[Strategy], number: int) -> dict[str, list[Timed]]:
    """In every round each strategy once, in an order that turns; the first round is not counted."""
    times: dict[str, list[Timed]] = {each.name: [] for each in candidates}
    for done in range(number + 1):
        turned = [candidates[(done + at) % len(candidates)] for at in range(len(candidates))]
        for strategy in turned:
            timed = rounds.timed(strategy)
            if done > 0:
                times[strategy.name].append(timed)
        progress(done, number, "loads")
    return times


def faulty_rounds(rounds: Rounds, every: Sequence[Strategy], number: int) -> dict[tuple[str, str], list[Faulty]]:
    found: dict[tuple[str, str], list[Faulty]] = {(each.name, fault): [] for each in every for fault in FAULTS}
    for done in range(number):
        for strategy in every:
            for fault, meet in FAULTS.items():
                found[strategy.name, fault].append(meet(rounds, strategy))
        progress(done + 1, number, "loads with faults")
    return found


def report(every: Sequence[Strategy], times: dict[str, list[Timed]], faults: dict[tuple[str, str], list[Faulty]]) -> None:
    print(f"\n{'':32}{'right':>10}{'median s':>9}{'1st qu.':>9}{'3rd qu.':>9}{'noise':>8}{'rows changed':>15}")
    for name, timed in times.items():
        print(timed_line(name, timed))
    print(f"\n{'':32}{'fault':18}{'all or none':>10}{'right at last':>14}{'attempts':>9}")
    for (name, fault), faulty in faults.items():
        print(faulty_line(name, fault, faulty))
    today, *others = [each.name for each in every if each.name in times]
    print()
    safe = {name: is_safe(times[name], [each for fault in FAULTS for each in faults[name, fault]]) for name in times}
    for other in others:
        print("verdict:", verdict(today, other, compare(times[today], times[other]), (safe[today], safe[other])))


def run(place: Place, asked: argparse.Namespace, path: Path) -> None:
    loads = loads_of(path, KEY)
    every = strategies(warehouse_sql().loads[DATASET], asked.files)
    print(f"{DATASET}: {loads.before.num_rows:,} rows there, {loads.first.rows.num_rows:,} come", flush=True)
    rounds = Rounds(place, loads, DATASET, table_statements())
    try:
        rounds.prepare(sorted({each.files for each in every}))
        times = timed_rounds(rounds, [each for each in every if each.in_transaction], asked.rounds)
        report(every, times, faulty_rounds(rounds, every, min(asked.rounds, FAULTY_ROUNDS)))
    finally:
        rounds.discard()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=40_000, help="of the file whose rows are there or come")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--files", type=int, default=8, help="of a load by many files: a multiple of the slices")
    parser.add_argument("--workgroup", help="of Redshift Serverless, instead of the laptop; with the credentials of your shell")
    parser.add_argument("--database", default="warehouse", help="in that workgroup")
    parser.add_argument("--bucket", help="that the workgroup's default role may read")
    asked = parser.parse_args()
    if (asked.workgroup is None) != (asked.bucket is None):
        parser.error("an account needs both, --workgroup and --bucket")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as name:
        folder = Path(name)
        sizes = {"customers": max(50, asked.rows // 4), "orders": asked.rows, "web-events": 50}
        generate(folder / "files", ["--batches", "1"], sizes)
        (folder / "laptop").mkdir()
        (path,) = (folder / "files").glob(f"{DATASET}_2*.parquet")
        with place_of(asked, folder / "laptop") as place:
            run(place, asked, path)


if __name__ == "__main__":
    main()
