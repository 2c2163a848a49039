"""JSON lines to cells: exact numbers, and every fault of form with its name, its line and nothing else lost."""

from __future__ import annotations

import io

import pytest

from assay_glue.json_rows import json_batches, read_objects
from assay_glue.records import Reason, UnreadableFileError
from assay_glue.row_batches import Layout, arrow_schema

COLUMNS = ["id", "item", "amount"]
LAYOUT = Layout(max_field_bytes=100, former_names={"item": "Product"})


def records(text: str | bytes) -> list[tuple[int, list[str], list[Reason]]]:
    raw = text.encode() if isinstance(text, str) else text
    return [(found.line_number, found.cells, list(found.defects)) for found in read_objects(io.BytesIO(raw), COLUMNS, LAYOUT)]


@pytest.mark.parametrize(
    "line, cells",
    [
        ('{"id": "007", "item": " tea ", "amount": 12.50}', ["007", "tea", "12.50"]),
        ('{"amount": 0.1, "id": 1234567890123456789, "item": null}', ["1234567890123456789", "", "0.1"]),
        ('{"id": true, "Product": "e\\u0301", "amount": 1.5E3}', ["true", "\u00e9", "1500"]),
        ('{"ID": "1"}', ["1", "", ""]),
        ('{"id": "1", "amount": 1e999}', ["1", "", "1e999"]),
        ('{"id": "1", "amount": NaN}', ["1", "", "NaN"]),
    ],
    ids=["digits stay", "19 digits, a null", "old name, NFC, an exponent", "absent keys", "endless", "not a number"],
)
def test_values_are_the_text_that_a_csv_would_have(line: str, cells: list[str]) -> None:
    assert records(line + "\n") == [(1, cells, [])]


@pytest.mark.parametrize(
    "line, reason",
    [
        ('{"id": 1', Reason("json", None, "Expecting ',' delimiter at character 9")),
        ("[1, 2]", Reason("json", None, "expected an object")),
        ('{"id": 1, "id": 2}', Reason("columns", None, "the key 'id' is there twice")),
        ('{"id": 1, "Product": 2, "item": 3}', Reason("columns", None, "the key 'item' is there twice")),
        ('{"id": 1, "colour": 2}', Reason("columns", None, "the key 'colour' is unknown")),
        ('{"id": [1]}', Reason("json", "id", "expected a value, not a list or an object")),
        ('{"id": {"a": 1}}', Reason("json", "id", "expected a value, not a list or an object")),
        ('{"id": "a\\u0000b"}', Reason("nul", "id", "the text has a NUL")),
        ('{"id": "\\ud800"}', Reason("encoding", "id", "the text has half a surrogate pair")),
    ],
)
def test_a_fault_of_form_is_the_line_s_only(line: str, reason: Reason) -> None:
    before, faulty, after = records(f'{{"id": 1}}\n{line}\n{{"id": 3}}\n')
    assert faulty[0] == 2
    assert faulty[2] == [reason]
    assert (before[1][0], after[1][0]) == ("1", "3")


def test_a_deep_nesting_does_not_end_the_run() -> None:
    [(_, _, [reason])] = records('{"id": ' + "[" * 30 + "]" * 30 + "}")
    assert reason.rule == "json"


def test_bytes_that_are_no_text_are_told_with_their_place() -> None:
    [_, (_, _, [reason])] = records(b'\xef\xbb\xbf{"id": 1}\n{"id": "\xff"}\n')
    assert reason == Reason("encoding", None, "byte 21 of the file is 0xff, not UTF-8")


def test_blank_lines_count_as_lines_only() -> None:
    assert [line for line, _, _ in records('\n{"id": 1}\r\n\r\n{"id": 2}')] == [2, 4]


@pytest.mark.parametrize("text", ['{"id": "' + "x" * 101 + '"}', "x" * 900], ids=["a value", "a line"])
def test_what_is_too_long_ends_the_reading(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="FieldTooLong: line 1"):
        records(text)


def test_rows_have_their_places_and_the_raw_line() -> None:
    stream = io.BytesIO(b'{"id": 1, "amount": 2.10}\n\n{"id": }\n')
    [batch] = json_batches(stream, COLUMNS, LAYOUT, arrow_schema(COLUMNS))
    first, second = batch.to_pylist()
    assert [first[name] for name in ("_row_number", "_line_number", *COLUMNS)] == [1, 1, "1", None, "2.10"]
    assert [second[name] for name in ("_row_number", "_line_number", "_raw", "id")] == [2, 3, '{"id": }', None]
