"""Bronze to silver on a real Spark with real Iceberg tables: rows in, rows and reasons out."""

import datetime
from decimal import Decimal

import pytest
from purchases_files import HEADER, Lake, purchase

from assay_glue.counts import RowCounts
from assay_glue.errors import TerminalError


def test_a_clean_file_is_published_with_exact_values_and_its_origin(lake: Lake) -> None:
    counts = lake.load("2025-01-01", '001,9223372036854775808,Zoë,O\'Reilly, A@B.C ,"Book, ""big""\n2 vols",2,0.10,2025-01-01')
    assert counts == RowCounts(read=1, published=1, quarantined=0, deduplicated=0)
    names = ", ".join(HEADER.split(","))
    assert lake.current(names) == [
        ("001", "9223372036854775808", "Zoë", "O'Reilly", "a@b.c", 'Book, "big"\n2 vols', 2, Decimal("0.10"),
         datetime.date(2025, 1, 1)),
    ]  # fmt: skip
    assert lake.current("ingestion_date, _source_key, _source_version, _row_number") == [
        (datetime.date(2025, 1, 1), "customer_purchases_20250101.csv", "v1", 1)
    ]


def test_columns_are_found_by_name_whatever_their_order_and_case(lake: Lake) -> None:
    header = " Purchase_Date ,AMOUNT_AUD,quantity,product,email,last_name,first_name,customer_id,purchase_id"
    lake.load("2025-01-01", "2025-01-02,3.50,1,Book,e,L,F,7,p1", header=header)
    assert lake.current("purchase_id, customer_id, amount_aud") == [("p1", "7", Decimal("3.50"))]


REFUSED = [
    (purchase("1", amount='"12,5"'), "type", "amount_aud", "12,5"),
    (purchase("1", amount="1e3"), "type", "amount_aud", "1e3"),
    (purchase("1", amount="N/A"), "type", "amount_aud", "N/A"),
    (purchase("1", amount="1.005"), "type", "amount_aud", "1.005"),
    (purchase("1", amount="12345678901234567.00"), "type", "amount_aud", "12345678901234567.00"),
    (purchase("1", quantity="2.0"), "type", "quantity", "2.0"),
    (purchase("1", quantity="99999999999"), "type", "quantity", "99999999999"),
    (purchase("1", date="2025-02-31"), "format", "purchase_date", "2025-02-31"),
    (purchase("1", date="01/02/2025"), "format", "purchase_date", "01/02/2025"),
    (purchase("1", date="0000-01-01"), "format", "purchase_date", "0000-01-01"),
    (purchase("1", date="2025-1-2"), "format", "purchase_date", "2025-1-2"),
    (purchase("1", customer_id="  "), "required", "customer_id", None),
    (purchase("1", amount=""), "required", "amount_aud", None),
    ("1,2,3", "columns", None, "3 cells where the header has 9"),
]


def test_rows_that_break_the_contract_are_kept_with_rule_column_value_raw_text_and_line(lake: Lake) -> None:
    counts = lake.load("2025-01-01", purchase("good"), *[row for row, *_ in REFUSED])
    assert counts == RowCounts(read=1 + len(REFUSED), published=1, quarantined=len(REFUSED), deduplicated=0)
    found = [
        (row._row_number, row._line_number, row._raw, [tuple(reason) for reason in row.reasons]) for row in lake.quarantined()
    ]
    assert found == [(number, number + 1, raw, [tuple(reason)]) for number, (raw, *reason) in enumerate(REFUSED, start=2)]


def test_every_reason_of_a_row_is_kept(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("", amount="x", date="never"))
    [refused] = lake.quarantined()
    assert {(reason.rule, reason.column) for reason in refused.reasons} == {
        ("required", "purchase_id"),
        ("type", "amount_aud"),
        ("format", "purchase_date"),
    }


def test_of_rows_with_one_key_the_last_wins_and_the_others_are_counted(lake: Lake) -> None:
    rows = [purchase("1", amount="1.00"), purchase("1", amount="1.00"), purchase("2"), purchase("1", amount="3.00")]
    assert lake.load("2025-01-01", *rows) == RowCounts(read=4, published=2, quarantined=0, deduplicated=2)
    assert lake.current() == [("1", Decimal("3.00")), ("2", Decimal("10.00"))]


def test_a_header_alone_is_a_published_file_of_no_rows(lake: Lake) -> None:
    nothing = RowCounts(read=0, published=0, quarantined=0, deduplicated=0)
    assert lake.load("2025-01-01") == nothing
    assert lake.load("2025-01-01") == nothing
    assert lake.current() == []


def test_an_unreadable_file_publishes_nothing(lake: Lake) -> None:
    with pytest.raises(TerminalError, match=r"\[Terminal\] UnclosedQuote: line 3"):
        lake.load("2025-01-01", purchase("1"), '"2,7,A,B')
    assert lake.current() == []


def test_the_same_run_again_changes_nothing_and_reports_the_same_counts(lake: Lake) -> None:
    rows = [purchase("1"), purchase("2", amount="x"), purchase("1")]
    first = lake.load("2025-01-01", *rows)
    before = lake.tables()
    assert lake.load("2025-01-01", *rows) == first
    assert lake.tables() == before
    assert len(lake.quarantined()) == 1


def test_a_newer_version_of_a_file_replaces_all_that_the_older_one_brought(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("1"), purchase("2", customer_id="8"))
    lake.load("2025-01-01", purchase("1", amount="4.00"), version="v2")
    assert lake.current() == [("1", Decimal("4.00"))]
    assert lake.summary() == [("7", Decimal("4.00"))]


def test_two_files_of_one_day_both_stay(lake: Lake, tmp_path: object) -> None:
    for name in ("a", "b"):
        path = lake.folder / f"{name}.csv"
        path.write_text(f"{HEADER}\n{purchase(name)}\n")
        lake.silver(lake.source("2025-01-01", key=f"{name}/customer_purchases_20250101.csv"), path)
    assert [purchase_id for purchase_id, _ in lake.current()] == ["a", "b"]
