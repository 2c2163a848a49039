"""What comes after a file's first run: newer and older versions, replays, rows that come back from quarantine."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from purchases_files import Lake, purchase

from assay_glue.counts import RowCounts
from assay_glue.errors import TerminalError


def by_version(lake: Lake) -> list[tuple[object, ...]]:
    rows = lake.spark.sql(
        "select purchase_id, _source_version, _released_by is not null from silver.purchases_by_file order by all"
    )
    return [tuple(row) for row in rows.collect()]


def test_an_older_version_that_comes_later_changes_nothing(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("1", amount="2.00"), purchase("bad", amount="x"), version="v3")
    before = lake.tables()
    counts = lake.load("2025-01-01", purchase("1"), purchase("old", amount="y"), purchase("2"), version="v1")
    assert counts == RowCounts(read=3, published=0, quarantined=0, deduplicated=3)
    assert lake.load("2025-01-01", version="v2") == RowCounts(0, 0, 0, 0)
    assert lake.tables() == before
    assert [row._raw for row in lake.quarantined()] == [purchase("bad", amount="x")]


def test_a_newer_version_takes_the_older_ones_refused_rows_out_of_quarantine(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("1"), purchase("a", amount="x"), version="v1")
    lake.load("2025-01-01", purchase("1"), purchase("b", amount="x"), version="v2")
    assert [(row._source_version, row._row_number) for row in lake.quarantined()] == [("v2", 2)]


def test_a_replay_ends_in_the_same_tables(lake: Lake) -> None:
    rows = [purchase("1"), purchase("2", amount="x"), purchase("3"), purchase("3", amount="4.00")]
    first = lake.load("2025-01-01", *rows)
    lake.load("2025-01-02", purchase("1", amount="7.00", customer_id="8"))
    before = lake.tables()
    assert lake.load("2025-01-01", *rows, run="_replay") == first
    assert lake.tables() == before
    assert [row._run_id for row in lake.quarantined()] == ["customer_purchases_20250101_csv_v1_replay"]


def test_a_replay_under_a_contract_that_bears_more_takes_the_row_out_of_quarantine(lake: Lake) -> None:
    rows = [purchase("1"), purchase("2", amount="-1.00"), purchase("3", amount="x")]
    lake.load("2025-01-01", *rows)
    assert [row._row_number for row in lake.quarantined()] == [2, 3]
    milder = replace(lake, document=replace(lake.document, business_rules=()))
    assert milder.load("2025-01-01", *rows, run="_replay") == RowCounts(3, 2, 1, 0)
    assert [row._row_number for row in lake.quarantined()] == [3]


def test_a_released_row_raises_the_total_by_its_amount_once(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("1"), purchase("2", amount="12,5"), purchase("3", date="?"))
    assert lake.summary() == [("7", Decimal("10.00"))]
    counts = lake.release("2025-01-01", "2," + purchase("2", amount="12.50"))
    assert counts == RowCounts(read=1, published=1, quarantined=0, deduplicated=0)
    assert lake.summary() == [("7", Decimal("22.50"))]
    again = lake.release("2025-01-01", "2," + purchase("2", amount="12.50"), run="_again")
    assert again == RowCounts(read=1, published=0, quarantined=0, deduplicated=1)
    assert lake.summary() == [("7", Decimal("22.50"))]
    assert [(row._row_number, row._released_by is not None) for row in lake.quarantined()] == [(2, True), (3, False)]
    assert by_version(lake) == [("1", "v1", False), ("2", "v1", True)]


def test_the_same_release_run_again_reports_the_same_and_marks_what_it_brought(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("1"), purchase("2", amount="12,5"))
    first = lake.release("2025-01-01", "2," + purchase("2", amount="12.50"))
    lake.spark.sql("update quarantine.purchases set _released_by = null")
    assert lake.release("2025-01-01", "2," + purchase("2", amount="12.50")) == first
    assert [row._released_by is not None for row in lake.quarantined()] == [True]


def test_a_row_that_is_still_bad_stays_in_quarantine_and_the_others_come_back(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("2", amount="12,5"), purchase("3", amount="x"))
    counts = lake.release("2025-01-01", "1," + purchase("2", amount="12.50"), "2," + purchase("3", amount="y"))
    assert counts == RowCounts(read=2, published=1, quarantined=1, deduplicated=0)
    assert [(row._row_number, row._released_by is not None) for row in lake.quarantined()] == [(1, True), (2, False)]


def test_a_row_that_was_never_refused_cannot_be_released(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("1"), purchase("2", amount="12,5"))
    with pytest.raises(TerminalError, match=r"UnknownRow: no row 1, 9 of customer_purchases_20250101\.csv is in quarantine"):
        lake.release("2025-01-01", "1," + purchase("1"), "9," + purchase("9"), "2," + purchase("2"))
    assert lake.summary() == [("7", Decimal("10.00"))]


def test_a_released_row_wins_over_earlier_files_and_gives_way_to_later_ones(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("a", amount="1.00"))
    lake.load("2025-01-02", purchase("a", amount="x"), purchase("b", amount="x"))
    lake.load("2025-01-03", purchase("b", amount="3.00"))
    lake.release("2025-01-02", "1," + purchase("a", amount="2.00"), "2," + purchase("b", amount="2.00"))
    assert lake.current() == [("a", Decimal("2.00")), ("b", Decimal("3.00"))]
    assert lake.summary() == [("7", Decimal("5.00"))]


def test_a_replay_keeps_what_was_released_and_a_newer_version_does_not(lake: Lake) -> None:
    rows = [purchase("1"), purchase("2", amount="12,5"), purchase("3", amount="x")]
    lake.load("2025-01-01", *rows)
    lake.release("2025-01-01", "2," + purchase("2", amount="12.50"))
    before = lake.tables()
    counts = lake.load("2025-01-01", *rows, run="_replay")
    assert counts == RowCounts(read=3, published=2, quarantined=1, deduplicated=0)
    assert lake.tables() == before
    lake.load("2025-01-01", purchase("1"), version="v2")
    assert lake.current() == [("1", Decimal("10.00"))]
    assert lake.quarantined() == []
