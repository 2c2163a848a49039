"""What must be there after the loads, made without SQL."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
from load_data import parquet_files, replaced


def test_the_rows_that_come_replace_those_with_their_key() -> None:
    rows = pa.table({"id": ["a", "b", "c"], "value": [1, 2, 3]})
    by = pa.table({"id": ["b", "d"], "value": [20, 40]})
    assert replaced(rows, by, "id").to_pylist() == [
        {"id": "a", "value": 1},
        {"id": "c", "value": 3},
        {"id": "b", "value": 20},
        {"id": "d", "value": 40},
    ]


def test_many_files_have_the_rows_of_one() -> None:
    rows = pa.table({"id": list(range(10))})
    files = parquet_files(rows, 4)
    assert [pq.read_table(io.BytesIO(file)).num_rows for file in files] == [3, 3, 3, 1]
    assert pa.concat_tables(pq.read_table(io.BytesIO(file)) for file in files) == rows
