"""What the lake steps say of files, against an oracle that shares no code with them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from defective_file import DefectiveFile, defective_file
from hypothesis import given
from hypothesis import strategies as st
from plain_csv import UnclosedQuoteError, divide
from purchases_files import Lake
from purchases_oracle import Findings, examine, spending
from silver_to_gold import load_gold

from assay_glue.counts import RowCounts
from assay_glue.csv_records import Dialect, read_records
from assay_glue.records import UnreadableFileError
from assay_glue.source import Source

ORACLE = Path(__file__).parents[1] / "oracle" / "purchases_oracle.py"

# What decides where cells and rows end, and what spoils them.
PARTS = [
    b"a",
    b" ",
    b",",
    b'"',
    b'""',
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    "é".encode(),
    b"\xef\xbb\xbf",
    b',"b,c",',
    b"d,e,f",
]


@given(st.integers(0, 2**32), st.integers(25, 120))
def test_the_oracle_finds_exactly_what_was_injected(seed: int, rows: int) -> None:
    made = defective_file(seed, rows)
    found, truth = examine(made.content), made.truth
    assert (found.read, found.quarantined, found.deduplicated) == (truth.rows, truth.refused, truth.replaced)
    assert found.scores == truth.scores()


@given(st.lists(st.sampled_from(PARTS), max_size=40).map(b"".join))
def test_any_bytes_are_divided_into_the_same_rows(data: bytes) -> None:
    data = b"x,y,z\n" + data
    try:
        expected = [None if cells is None or len(cells) != 3 else [cell.decode() for cell in cells] for cells in divide(data)]
    except UnclosedQuoteError:
        with pytest.raises(UnreadableFileError, match="UnclosedQuote"):
            list(read_records(io.BytesIO(data), Dialect()))
        return
    records = [None if record.defects else record.cells for record in read_records(io.BytesIO(data), Dialect())]
    assert records == [cells and [cell.strip() for cell in cells] for cells in expected]


def test_the_oracle_runs_by_itself(tmp_path: Path) -> None:
    made = defective_file(1)
    (tmp_path / "file.csv").write_bytes(made.content)
    # -E and -s: no PYTHONPATH, nothing of the user's; the product's code is not to be found.
    command = [sys.executable, "-E", "-s", str(ORACLE), str(tmp_path / "file.csv")]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found = examine(made.content)
    assert told["files"]["file.csv"]["refused"] == list(found.refused)
    assert told["files"]["file.csv"]["scores"]["validity"] == dict(
        zip(("passed", "total"), found.scores["validity"], strict=True)
    )
    assert {customer for customer, *_ in told["customers"]} == set(spending([found]))


def test_scores_counts_refused_rows_and_totals_are_the_oracles(lake: Lake) -> None:
    first = defective_file(1)
    second = defective_file(2, corrected=first.ids)
    # The first day's file again with other rows, some of which the second day's have corrected already.
    again = defective_file(3, corrected=second.ids)
    arriving = [("2025-01-02", "v1", second), ("2025-01-01", "v1", first), ("2025-01-01", "v2", again)]
    in_force: dict[str, Findings] = {}
    for day, version, made in arriving:
        source, expected = lake.source(day, version), examine(made.content)
        counts = RowCounts(expected.read, expected.published, expected.quarantined, expected.deduplicated)
        assert load(lake, source, made) == counts, source.marker
        assert scores(lake, source) == expected.scores, source.marker
        in_force[source.key] = expected
        assert refused(lake) == {key: list(found.refused) for key, found in in_force.items()}, source.marker
        assert totals(lake) == expected_totals(in_force), source.marker
    assert lake.current("count(*)") == [(len({bought.purchase_id for f in in_force.values() for bought in f.purchases}),)]


def load(lake: Lake, source: Source, made: DefectiveFile) -> RowCounts:
    path = lake.folder / f"{source.run_id}.csv"
    path.write_bytes(made.content)
    counts = lake.silver(source, path)
    load_gold(lake.spark, lake.document, source, str(lake.folder / "work"))
    return counts


def scores(lake: Lake, source: Source) -> dict[str, tuple[int, int]]:
    """As the quality table has them."""
    rows = lake.spark.table(lake.document.quality_table).where(f"_run_id = '{source.run_id}'").collect()
    assert len(rows) == 4
    return {row.dimension: (row.passed, row.total) for row in rows}


def refused(lake: Lake) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for row in lake.quarantined():
        numbers.setdefault(row._source_key, []).append(row._row_number)
    return numbers


def totals(lake: Lake) -> list[tuple[object, ...]]:
    return lake.summary("customer_id, total_spent_aud, first_purchase_date, last_purchase_date")


def expected_totals(in_force: dict[str, Findings]) -> list[tuple[object, ...]]:
    # The keys' order is the dates' order: the later file wins.
    found = spending(in_force[key] for key in sorted(in_force))
    return sorted((customer, each.total, each.first, each.last) for customer, each in found.items())
