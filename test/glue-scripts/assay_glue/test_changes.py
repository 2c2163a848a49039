"""What a warehouse is told of a run: applied in any order, it ends in what silver says."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, permutations

from purchases_files import Lake, purchase

from assay_glue.changes import changed_rows
from assay_glue.source import Source

Row = tuple[str, object, bool]
# Sequence number, key, amount, whether the row is deleted.
Change = tuple[int, str, object, bool]


def changes(lake: Lake, source: Source) -> list[Row]:
    rows = changed_rows(lake.spark, lake.document, source).orderBy("purchase_id").collect()
    return [(row["purchase_id"], row["amount_aud"] and str(row["amount_aud"]), row["_is_deleted"]) for row in rows]


def test_a_file_brings_its_rows(lake: Lake) -> None:
    lake.load("2026-01-01", purchase("1", amount="1.00"), purchase("2", amount="2.00"))
    lake.load("2026-01-02", purchase("3", amount="3.00"))
    assert changes(lake, lake.source("2026-01-01")) == [("1", "1.00", False), ("2", "2.00", False)]
    assert changes(lake, lake.source("2026-01-02")) == [("3", "3.00", False)]


def test_a_later_day_takes_a_key_over_and_a_late_file_does_not(lake: Lake) -> None:
    lake.load("2026-01-02", purchase("1", amount="2.00"))
    lake.load("2026-01-01", purchase("1", amount="1.00"), purchase("2", amount="5.00"))
    assert changes(lake, lake.source("2026-01-01")) == [("1", "2.00", False), ("2", "5.00", False)]
    lake.load("2026-01-03", purchase("1", amount="3.00"))
    assert changes(lake, lake.source("2026-01-03")) == [("1", "3.00", False)]


def test_a_corrected_file_deletes_what_it_does_not_bring(lake: Lake) -> None:
    lake.load("2026-01-01", purchase("1", amount="1.00"), purchase("2", amount="2.00"))
    lake.load("2026-01-01", purchase("1", amount="9.00"), version="v2")
    assert changes(lake, lake.source("2026-01-01", version="v2")) == [("1", "9.00", False), ("2", None, True)]
    # Of the first run nothing is left to tell.
    assert changes(lake, lake.source("2026-01-01")) == []


def test_a_deleted_row_uncovers_that_of_an_earlier_day(lake: Lake) -> None:
    lake.load("2026-01-01", purchase("1", amount="1.00"))
    lake.load("2026-01-02", purchase("1", amount="2.00"), purchase("2"))
    lake.load("2026-01-02", purchase("2", amount="7.00"), version="v2")
    assert changes(lake, lake.source("2026-01-02", version="v2")) == [("1", "1.00", False), ("2", "7.00", False)]


def test_merged_by_sequence_in_any_order_the_changes_are_silver(lake: Lake) -> None:
    loads = [("2026-01-01", "v1", ("1", "2")), ("2026-01-02", "v1", ("2", "3")), ("2026-01-01", "v2", ("1", "4"))]
    told: list[list[Change]] = []
    for day, version, ids in loads:
        lake.load(day, *[purchase(each, amount=f"{day[-1]}.0{version[-1]}") for each in ids], version=version)
        rows = changed_rows(lake.spark, lake.document, lake.source(day, version=version)).collect()
        told.append([(row["_silver_sequence"], row["purchase_id"], row["amount_aud"], row["_is_deleted"]) for row in rows])
    current = lake.current("purchase_id, amount_aud")
    for order in permutations(told):
        assert merged(order) == current, order


def merged(told: Iterable[list[Change]]) -> list[tuple[str, object]]:
    """Keys and amounts of a warehouse that takes of two changes of a key the later."""
    latest: dict[str, Change] = {}
    for change in chain.from_iterable(told):
        sequence, key, *_ = change
        if key not in latest or latest[key][0] < sequence:
            latest[key] = change
    return sorted((key, amount) for _, key, amount, is_deleted in latest.values() if not is_deleted)
