"""A partner's JSON lines as Arrow batches: an object a line, its values as the text that a CSV would have.

A key that is not there is an empty cell. Numbers keep their digits as they are written; nothing is read as a float.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa

from assay_glue.records import Reason, Record, UnreadableFileError, encoding_defect, physical_lines, skip_bom, text_of
from assay_glue.row_batches import Layout, record_batches, unreadable

# An exponent beyond this is no number of ours, and would be a text of any length.
MOST_DIGITS = 100


class _Object(list[tuple[str, Any]]):
    """The pairs of an object, in their order and with keys that are there twice."""


def json_batches(stream: BinaryIO, columns: Sequence[str], layout: Layout, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The stream's rows; one that cannot be read to its end is ``unreadable``."""
    try:
        yield from record_batches(read_objects(stream, columns, layout), len(columns), range(len(columns)), schema)
    except UnreadableFileError as error:
        yield unreadable(error, schema)


def read_objects(stream: BinaryIO, columns: Sequence[str], layout: Layout) -> Iterator[Record]:
    """Every object of the stream, its cells in the columns' order; blank lines are left out.

    Raises UnreadableFileError where a line or a value goes past the layout's limit.
    """
    keys = _keys(columns, layout)
    head, offset = skip_bom(stream)
    for number, raw in enumerate(physical_lines(stream, layout.max_field_bytes * 8, head), start=1):
        if raw.strip():
            yield _record(number, raw, offset, keys, layout)
        offset += len(raw)


def _keys(columns: Sequence[str], layout: Layout) -> Mapping[str, int]:
    """What an object may call a column, in lower case → the column's place."""
    names = {layout.former_names.get(name, name).lower(): place for place, name in enumerate(columns)}
    return {**names, **{name.lower(): place for place, name in enumerate(columns)}}


def _record(number: int, raw: bytes, offset: int, keys: Mapping[str, int], layout: Layout) -> Record:
    undecodable = encoding_defect(raw, offset)
    if undecodable is not None:
        return Record(number, text_of(raw), [], [undecodable])
    try:
        found = json.loads(raw.strip(), object_pairs_hook=_Object, parse_float=_plain, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        return Record(number, text_of(raw), [], [Reason("json", None, f"{error.msg} at character {error.pos + 1}")])
    except RecursionError:
        return Record(number, text_of(raw), [], [Reason("json", None, "nested too deeply")])
    if not isinstance(found, _Object):
        return Record(number, text_of(raw), [], [Reason("json", None, "expected an object")])
    cells, defects = [""] * (max(keys.values()) + 1), []
    seen: set[int] = set()
    for key, value in found:
        place = keys.get(key.strip().lower())
        if place is None or place in seen:
            defects.append(Reason("columns", None, f"the key {key!a} is {'unknown' if place is None else 'there twice'}"))
            continue
        seen.add(place)
        cells[place], fault = _cell(key, value)
        defects += [fault] if fault else []
        if len(cells[place].encode("utf-8", "replace")) > layout.max_field_bytes:
            limit = f"{layout.max_field_bytes} bytes, the contract's limit"
            raise UnreadableFileError("FieldTooLong", f"line {number}: the value of {key!a} is longer than {limit}")
    return Record(number, text_of(raw), cells, defects)


def _cell(key: str, value: Any) -> tuple[str, Reason | None]:
    """The value as text, and what is wrong with its form."""
    if value is None:
        return "", None
    if isinstance(value, bool):
        return str(value).lower(), None
    if not isinstance(value, str):
        return "", Reason("json", key, "expected a value, not a list or an object")
    if "\x00" in value:
        return "", Reason("nul", key, "the text has a NUL")
    if any("\ud800" <= character <= "\udfff" for character in value):
        return "", Reason("encoding", key, "the text has half a surrogate pair")
    return unicodedata.normalize("NFC", value.strip()), None


def _plain(text: str) -> str:
    """A number without an exponent, exact to the digit; as it is where that would be endless."""
    if "e" not in text.lower():
        return text
    number = Decimal(text)
    return format(number, "f") if abs(number.adjusted()) <= MOST_DIGITS else text
