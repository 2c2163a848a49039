"""What is loaded: a table's rows from before, two loads that overlap with them and each other, and what must be there after."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from warehouse_api import with_own_columns

# Shares of the rows, in the order of the file.
BEFORE, FIRST, SECOND = (0, 0.75), (0.5, 0.85), (0.7, 1)


@dataclass(frozen=True)
class Load:
    run_id: str
    rows: pa.Table


@dataclass(frozen=True)
class Loads:
    before: pa.Table
    first: Load
    second: Load
    after_first: pa.Table
    after_both: pa.Table


def loads_of(path: Path, key: str) -> Loads:
    """The second load has seen more of silver than the first, so its rows win wherever both have one."""

    def part(share: tuple[float, float], sequence: int) -> Load:
        run_id = hashlib.sha256(f"{path.name} {sequence}".encode()).hexdigest()
        table = with_own_columns(path, run_id, sequence)
        first, last = (round(each * table.num_rows) for each in share)
        return Load(run_id, table.slice(first, last - first))

    before, first, second = part(BEFORE, 1), part(FIRST, 2), part(SECOND, 3)
    after_first = replaced(before.rows, first.rows, key)
    return Loads(before.rows, first, second, after_first, replaced(after_first, second.rows, key))


def replaced(rows: pa.Table, by: pa.Table, key: str) -> pa.Table:
    """Made without any SQL: what the loads must come to."""
    stays = rows.filter(pc.invert(pc.is_in(rows[key], by[key].combine_chunks())))
    return pa.concat_tables([stays, by])


def parquet_files(rows: pa.Table, files: int) -> list[bytes]:
    """The rows in so many files of equal size."""
    each = -(-rows.num_rows // files)
    return [parquet(rows.slice(first, each)) for first in range(0, rows.num_rows, each)]


def parquet(rows: pa.Table) -> bytes:
    target = pa.BufferOutputStream()
    pq.write_table(rows, target)
    content: bytes = target.getvalue().to_pybytes()
    return content
