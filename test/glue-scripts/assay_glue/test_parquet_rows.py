"""Parquet to cells: every type of a contract's columns exact to the digit, and what is no cell refused by name."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay_glue.parquet_rows import parquet_batches
from assay_glue.row_batches import Layout, arrow_schema


def rows_of(table: pa.Table, columns: list[str], layout: Layout | None = None, **options: Any) -> list[dict[str, Any]]:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return read(sink.getvalue(), columns, layout)


def read(content: bytes, columns: list[str], layout: Layout | None = None) -> list[dict[str, Any]]:
    batches = parquet_batches(io.BytesIO(content), columns, layout or Layout(), arrow_schema(columns))
    return [row for batch in batches for row in batch.to_pylist()]


def cell(values: pa.Array, format: str | None = None) -> list[str | None]:
    """The texts of a column that is all that the file has."""
    layout = Layout(formats={} if format is None else {"cell": format})
    rows = rows_of(pa.table({"cell": values}), ["cell"], layout)
    return [row["_unreadable"] or row["cell"] for row in rows]


SYDNEY = timezone(timedelta(hours=10))
ISO = "yyyy-MM-dd'T'HH:mm:ssXXX"
MILLIS = "yyyy-MM-dd HH:mm:ss.SSS"


@pytest.mark.parametrize(
    "values, format, texts",
    [
        (pa.array([" tea ", "", None, "e\u0301"]), None, ["tea", None, None, "\u00e9"]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), None, ["a", "b", "a"]),
        (pa.array([7, None, -(2**63)], pa.int64()), None, ["7", None, str(-(2**63))]),
        (pa.array([2**64 - 1], pa.uint64()), None, [str(2**64 - 1)]),
        (pa.array([Decimal("0.10"), Decimal("-12345678901234567.89")], pa.decimal128(19, 2)), None, None),
        (pa.array([True, False, None]), None, ["true", "false", None]),
        (pa.array([date(2024, 2, 29), date(1, 1, 1), None]), "yyyy-MM-dd", ["2024-02-29", "0001-01-01", None]),
        (pa.array([date(2024, 2, 29)]), "dd/MM/yyyy", ["29/02/2024"]),
        (pa.array([datetime(2024, 2, 29, 1, 2, 3)], pa.timestamp("ms")), ISO, ["2024-02-29T01:02:03Z"]),
        (pa.array([datetime(2024, 3, 1, 4, tzinfo=SYDNEY)], pa.timestamp("us", "+10:00")), ISO, ["2024-02-29T18:00:00Z"]),
        (pa.array([datetime(1969, 12, 31, 23, 59, 59)], pa.timestamp("ns")), ISO, ["1969-12-31T23:59:59Z"]),
        (pa.array([1], pa.timestamp("ms")), MILLIS, ["1970-01-01 00:00:00.001"]),
        (pa.array([1], pa.timestamp("ms")), ISO, ["1970-01-01T00:00:00.001Z"]),
        (pa.array([1], pa.timestamp("us")), MILLIS, ["1970-01-01 00:00:00.000001"]),
    ],
)
def test_a_value_is_written_exactly(values: pa.Array, format: str | None, texts: list[str | None] | None) -> None:
    assert cell(values, format) == (texts or [str(value) for value in values.to_pylist()])


def test_a_moment_that_the_format_has_no_digits_for_is_none_of_its_own() -> None:
    # Then the contract's rule refuses it, with the value as the reason, instead of cutting it.
    assert cell(pa.array([1_500], pa.timestamp("us")), ISO) == ["1970-01-01T00:00:00.001500Z"]


@pytest.mark.parametrize(
    "values, found",
    [
        (pa.array([1.5]), "double"),
        (pa.array([[1]]), "list<element: int64>"),
        (pa.array([{"a": 1}]), "struct<a: int64>"),
        (pa.array([b"x"]), "binary"),
    ],
)
def test_what_is_no_cell_ends_the_reading(values: pa.Array, found: str) -> None:
    assert cell(values) == [f"WrongColumnType: the column cell is {found}, which no cell can be"]


def test_columns_are_found_by_the_names_that_they_have_had() -> None:
    layout = Layout(former_names={"item": "Product"}, later=frozenset({"channel"}))
    [row] = rows_of(pa.table({"PRODUCT": ["tea"], "ID": [1]}), ["id", "item", "channel"], layout)
    assert (row["id"], row["item"], row["channel"], row["_row_number"], row["_line_number"]) == ("1", "tea", None, 1, 1)


@pytest.mark.parametrize(
    "table, error",
    [
        (pa.table({"id": [1]}), "MissingColumn: the file has no column item"),
        (pa.table({"id": [1], "item": [1], "x": [1]}), "UnknownColumn: the file has a column x, which is not in the contract"),
        (
            pa.table({"id": [1], "item": [1], "ITEM": [1]}),
            "DuplicateColumn: the file has the column item twice: item, item",
        ),
    ],
)
def test_a_schema_that_is_not_the_contract_s_ends_the_reading(table: pa.Table, error: str) -> None:
    assert [row["_unreadable"] for row in rows_of(table, ["id", "item"])] == [error]


def test_a_file_that_is_cut_off_ends_the_reading() -> None:
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": list(range(1000))}), sink)
    [row] = read(sink.getvalue()[:-20], ["id"])
    assert row["_unreadable"].startswith("NotParquet: the file cannot be read: ")


def test_a_nul_is_the_row_s_fault() -> None:
    good, bad = rows_of(pa.table({"id": ["a", "b\x00"]}), ["id"])
    assert (good["_defects"], bad["_defects"]) == ([], [{"rule": "nul", "column": "id", "value": "the text has a NUL"}])


def test_rows_are_numbered_across_row_groups() -> None:
    numbers = list(range(10_000))
    rows = rows_of(pa.table({"id": numbers}), ["id"], row_group_size=777, compression="zstd")
    assert [(row["_row_number"], row["id"]) for row in rows] == [(number + 1, str(number)) for number in numbers]
