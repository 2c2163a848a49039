"""A CSV file's rows from its bytes, by RFC 4180: commas, doubled quotes, line ends of any kind, cells in UTF-8."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

Cells = Mapping[str, str]

QUOTED = re.compile(rb'"((?:[^"]|"")*)"(?!")')
PLAIN = re.compile(rb"[^,\r\n]*")
LINE_END = re.compile(rb"\r\n|\r|\n|\Z")


class UnclosedQuoteError(Exception):
    """Nobody can say where the rows after it begin."""


def divide(data: bytes) -> Iterator[list[bytes] | None]:
    """Every record's cells, the header's too; None of one that cannot be divided. A blank line is no record."""
    place = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while place < len(data):
        begin = place
        cells, place = _record(data, place)
        if data[begin:place].strip(b"\r\n"):
            yield None if cells is None or not _is_clean(data[begin:place]) else cells


def _record(data: bytes, place: int) -> tuple[list[bytes] | None, int]:
    """The cells of the record that begins there, and where the next one does."""
    cells: list[bytes] = []
    while True:
        if data[place : place + 1] == b'"':
            quoted = QUOTED.match(data, place)
            if quoted is None:
                raise UnclosedQuoteError(f"byte {place}")
            cells.append(quoted[1].replace(b'""', b'"'))
            place = quoted.end()
        else:
            plain = PLAIN.match(data, place)
            assert plain is not None  # it matches nothing at all too
            cells.append(plain[0])
            place = plain.end()
        if data[place : place + 1] != b",":
            end = LINE_END.search(data, place)
            assert end is not None  # the file's end is one
            return (cells if end.start() == place else None), end.end()
        place += 1


def _is_clean(record: bytes) -> bool:
    try:
        record.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in record


def rows_of(data: bytes, columns: Collection[str]) -> list[Cells | None]:
    """The rows by column name, blanks around cells removed; None for a row that cannot be divided into the header's cells."""
    records = divide(data)
    header = next(records)
    assert header is not None, "the header itself cannot be divided"
    names = [_text(cell).lower() for cell in header]
    assert sorted(names) == sorted(columns), f"the header has {names}"
    return [
        dict(zip(names, map(_text, cells), strict=True)) if cells is not None and len(cells) == len(names) else None
        for cells in records
    ]


def _text(cell: bytes) -> str:
    return unicodedata.normalize("NFC", cell.decode("utf-8").strip())
