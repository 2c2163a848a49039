"""A stream of bytes to CSV records, exact to the line and the byte, in constant memory.

Spark's own reader is not used for the first look at a partner's file: it keeps neither the text nor the line of a
well-formed row, replaces undecodable bytes by U+FFFD, and an unclosed quote makes it swallow the rest of the file
unnoticed. The standard library's parser, fed a line at a time, loses none of that (docs/adr/006).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

UTF8_BOM = b"\xef\xbb\xbf"


class Reason(NamedTuple):
    """Why a row was refused. ``column`` is None where the whole row is at fault."""

    rule: str
    column: str | None
    value: str | None


@dataclass(frozen=True)
class Dialect:
    """The contract's CSV dialect. ``max_field_bytes`` bounds one cell, and so one record's share of memory."""

    delimiter: str = ","
    quote: str = '"'
    max_field_bytes: int = 131_072


@dataclass(frozen=True)
class Record:
    """One logical row: its first line (1-based, the header is line 1), its raw text and its cells.

    ``defects`` are faults of form, found before any cell is understood; such a record has no trustworthy cells.
    """

    line_number: int
    raw: str
    cells: list[str]
    defects: list[Reason] = field(default_factory=list)


class UnreadableFileError(Exception):
    """The rest of the file cannot be divided into rows. Carries an error name and its cause."""

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"{name}: {cause}")
        self.name = name
        self.cause = cause


class _Lines:
    """The stream's lines as text for ``csv.reader``, which keeps the bytes of the record under way."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._lines = _physical_lines(stream, limit)
        self._limit = limit
        self._offset = 0
        self.number = 0
        self.pending: list[bytes] = []
        self.pending_offset = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if len(line) >= self._limit and not line.endswith((b"\n", b"\r")):
            raise UnreadableFileError("FieldTooLong", f"line {self.number} is longer than {self._limit} bytes")
        if self.number == 1 and line.startswith(UTF8_BOM):
            line = line[len(UTF8_BOM) :]
            self._offset += len(UTF8_BOM)
        if not self.pending:
            self.pending_offset = self._offset
        self._offset += len(line)
        self.pending.append(line)
        # Undecodable bytes survive the parser as surrogates; the record is then refused, with the byte's offset.
        return line.decode("utf-8", "surrogateescape")

    def take(self) -> tuple[bytes, int]:
        """The bytes of the record just read and the offset of its first byte in the file."""
        raw, self.pending = b"".join(self.pending), []
        return raw, self.pending_offset


def _physical_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The stream's lines with their ends, which are LF, CRLF or CR. One without an end in ``limit`` bytes comes in parts."""
    rest = b""
    while read := stream.readline(limit):
        *lines, rest = (rest + read).splitlines(keepends=True)
        yield from lines
        # A CR at the end of what was read may be the first half of a CRLF.
        if rest.endswith(b"\n") or len(rest) >= limit:
            yield rest
            rest = b""
    if rest:
        yield rest


def read_records(stream: BinaryIO, dialect: Dialect, width: int | None = None) -> Iterator[Record]:
    """Every record of the stream, blank lines left out. ``width`` is the number of cells a row must have.

    Without a width the first record, the header, sets it. Raises UnreadableFileError with the line where a quote opens
    and never closes, or where a cell or a line goes past the dialect's limit.
    """
    csv.field_size_limit(dialect.max_field_bytes)
    # A line may hold many cells; its own bound keeps a file without line ends from being read into memory whole.
    lines = _Lines(stream, limit=dialect.max_field_bytes * 8)
    parser = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
    while True:
        first_line = lines.number + 1
        malformed: str | None = None
        try:
            cells = next(parser)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse_unreadable(error, first_line, lines.number, dialect)
            cells, malformed = [], str(error)
        raw, offset = lines.take()
        if not cells and malformed is None:
            continue
        width = len(cells) if width is None else width
        yield Record(first_line, _text(raw), _clean(cells, raw), _defects(cells, raw, offset, width, malformed))


def _refuse_unreadable(error: csv.Error, first_line: int, last_line: int, dialect: Dialect) -> None:
    reason = str(error)
    if "unexpected end of data" in reason or ("field limit" in reason and last_line > first_line):
        raise UnreadableFileError(
            "UnclosedQuote",
            f"line {first_line}: a quote opens in this row and is not closed by line {last_line}; "
            f"close it, or double a quote that is part of the text",
        ) from error
    if "field limit" in reason:
        raise UnreadableFileError(
            "FieldTooLong",
            f"line {first_line}: a cell is longer than {dialect.max_field_bytes} bytes, the contract's limit",
        ) from error


def _defects(cells: list[str], raw: bytes, offset: int, width: int, malformed: str | None) -> list[Reason]:
    found: list[Reason] = []
    if not raw.isascii():
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as error:
            place = f"byte {offset + error.start} of the file is 0x{raw[error.start]:02x}, not UTF-8"
            found.append(Reason("encoding", None, place))
    if b"\x00" in raw:
        found.append(Reason("nul", None, f"byte {offset + raw.index(0)} of the file is NUL"))
    if malformed is not None:
        found.append(Reason("csv", None, malformed))
    elif len(cells) != width:
        found.append(
            Reason("columns", None, f"{len(cells)} {'cell' if len(cells) == 1 else 'cells'} where the header has {width}")
        )
    return found


def _text(raw: bytes) -> str:
    # No U+FFFD is stored: an undecodable byte is shown as \xNN.
    return raw.decode("utf-8", "backslashreplace").rstrip("\r\n")


def _clean(cells: list[str], raw: bytes) -> list[str]:
    if raw.isascii():
        return [cell.strip() for cell in cells]
    return [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
