"""Loads by each strategy, from the same table to the same table, in rounds; with and without faults."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from load_data import Load, Loads, parquet_files
from load_place import FINISHED, Place
from load_statements import LEDGER_MARK, RAW, STAGING, Strategy, changes_target, of_run, with_failure

# As often as the state machine tries again what was Transient.
ATTEMPTS = 4


@dataclass(frozen=True)
class Timed:
    seconds: float
    changed: int
    is_right: bool


@dataclass(frozen=True)
class Faulty:
    # After the fault, before anybody tries again: all that was there before, or all that should be there after.
    is_whole: bool
    is_right: bool
    attempts: int


class Rounds:
    def __init__(self, place: Place, loads: Loads, dataset: str, ddl: Sequence[str]) -> None:
        self._place, self._loads, self._dataset, self._ddl = place, loads, dataset, ddl
        self._folders: dict[tuple[str, int], str] = {}
        self._table = f"{STAGING}.{dataset}"

    def prepare(self, files: Sequence[int]) -> None:
        """Everything that is the same in every round: the files, and the tables that the target is compared with."""
        self._place.done(f"create schema {STAGING}", f"create schema {RAW}", *self._ddl, LEDGER_MARK)
        known = {"before": self._loads.before, "after_first": self._loads.after_first, "after_both": self._loads.after_both}
        for name, rows in known.items():
            folder = self._place.put(name, parquet_files(rows, 1))
            table = f"{STAGING}.{name}"
            self._place.done(f"create table {table} as select * from {self._table} where 1 = 0")
            self._place.done(f"copy {table} from '{folder}' iam_role default format as parquet")
        for load in (self._loads.first, self._loads.second):
            for number in files:
                folder = self._place.put(f"{load.run_id}-{number}", parquet_files(load.rows, number))
                self._folders[load.run_id, number] = folder

    def discard(self) -> None:
        for schema in (STAGING, RAW):
            self._place.call(f"drop schema {schema} cascade")
        self._place.clear()

    def timed(self, strategy: Strategy) -> Timed:
        """The database's own time of a load, and the rows that it changed in the target."""
        self._reset()
        described = self._load(strategy, self._loads.first)
        assert described["Status"] == FINISHED, described.get("Error")
        changing = [part for part in described["SubStatements"] if changes_target(part["QueryString"], self._dataset)]
        changed = sum(max(0, part["ResultRows"]) for part in changing)
        is_right = self._is("after_first") and self._is_known_once(self._loads.first)
        return Timed(described["Duration"] / 1e9, changed, is_right)

    def failing_midway(self, strategy: Strategy) -> Faulty:
        self._reset()
        first = self._loads.first
        assert self._load(strategy, first, with_failure)["Status"] != FINISHED
        is_whole = self._is("before") or self._is("after_first")
        attempts = self._until_loaded(strategy, first)
        return Faulty(is_whole, self._is("after_first") and self._is_known_once(first), attempts)

    def two_at_once(self, strategy: Strategy) -> Faulty:
        """Both are submitted at the same time, each tried again by itself."""
        self._reset()
        both = (self._loads.first, self._loads.second)
        attempts: list[int] = []
        started = threading.Barrier(len(both))

        def one(load: Load) -> None:
            started.wait()
            attempts.append(self._until_loaded(strategy, load))

        threads = [threading.Thread(target=one, args=(load,)) for load in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        is_right = self._is("after_both") and all(self._is_known_once(load) for load in both)
        return Faulty(is_right, is_right, max(attempts))

    def _until_loaded(self, strategy: Strategy, load: Load) -> int:
        """Attempts that it took; one more than there may be when none came to a good end."""
        for attempt in range(1, ATTEMPTS + 1):
            if self._load(strategy, load)["Status"] == FINISHED:
                return attempt
        return ATTEMPTS + 1

    def _load(self, strategy: Strategy, load: Load, change: Callable[[Sequence[str]], Sequence[str]] = tuple) -> dict[str, Any]:
        folder = self._folders[load.run_id, strategy.files]
        sqls = of_run(change(strategy.statements), load.run_id, folder)
        if strategy.in_transaction:
            return self._place.batch(sqls)
        parts: list[dict[str, Any]] = []
        for sql in sqls:
            parts.append(self._place.call(sql))
            if parts[-1]["Status"] != FINISHED:
                break
        return {**parts[-1], "Duration": sum(part["Duration"] for part in parts), "SubStatements": parts}

    def _reset(self) -> None:
        """A table made anew, since what earlier rounds deleted would still lie in the old one."""
        self._place.done(
            f"drop table {self._table}",
            f"delete from {STAGING}.load_ledger where run_id <> 'before'",
            f"delete from {RAW}.{self._dataset}",
            *(sql for sql in self._ddl if f" {self._table} " in sql),
            f"insert into {self._table} select * from {STAGING}.before",
            f"analyze {self._table}",
        )

    def _is(self, known: str) -> bool:
        """Whether the target has the rows of that table, no more and no less."""
        one, other = self._table, f"{STAGING}.{known}"
        missing = f"select count(*) from (select * from {other} except select * from {one}) as rows_missing"
        same_number = f"select (select count(*) from {one}) - (select count(*) from {other})"
        return self._place.number(missing) == 0 and self._place.number(same_number) == 0

    def _is_known_once(self, load: Load) -> bool:
        return self._place.number(f"select count(*) from {STAGING}.load_ledger where run_id = '{load.run_id}'") == 1
