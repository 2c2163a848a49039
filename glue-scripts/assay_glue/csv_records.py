"""A stream of bytes to CSV records, exact to the line and the byte, in constant memory.

Spark's own reader is not used for the first look at a partner's file: it keeps neither the text nor the line of a
well-formed row, replaces undecodable bytes by U+FFFD, and an unclosed quote makes it swallow the rest of the file
unnoticed. The standard library's parser, fed a line at a time, loses none of that (docs/adr/006).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from assay_glue.records import Reason, Record, UnreadableFileError, encoding_defect, physical_lines, skip_bom, text_of


@dataclass(frozen=True)
class Dialect:
    """The contract's CSV dialect. ``max_field_bytes`` bounds one cell, and so one record's share of memory."""

    delimiter: str = ","
    quote: str = '"'
    max_field_bytes: int = 131_072


def read_records(stream: BinaryIO, dialect: Dialect, width: int | None = None) -> Iterator[Record]:
    """Every record of the stream, blank lines left out. ``width`` is the number of cells a row must have.

    Without a width the first record, the header, sets it. Raises UnreadableFileError with the line where a quote opens
    and never closes, or where a cell or a line goes past the dialect's limit.
    """
    csv.field_size_limit(dialect.max_field_bytes)
    pending: list[bytes] = []
    head, offset = skip_bom(stream)
    lines = _text_lines(physical_lines(stream, dialect.max_field_bytes * 8, head), pending)
    parser = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
    while True:
        first_line = parser.line_num + 1
        malformed: str | None = None
        try:
            cells = next(parser)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse_unreadable(error, first_line, parser.line_num, dialect)
            cells, malformed = [], str(error)
        raw = pending[0] if len(pending) == 1 else b"".join(pending)
        pending.clear()
        if cells or malformed is not None:
            width = len(cells) if width is None else width
            yield Record(first_line, text_of(raw), _clean(cells, raw), _defects(cells, raw, offset, width, malformed))
        offset += len(raw)


def _text_lines(lines: Iterable[bytes], pending: list[bytes]) -> Iterator[str]:
    """The lines as ``csv.reader`` wants them; their bytes wait in ``pending`` until the record is complete."""
    for line in lines:
        pending.append(line)
        # Undecodable bytes survive the parser as surrogates; the record is then refused, with the byte's offset.
        yield line.decode("utf-8", "surrogateescape")


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


def _defects(cells: list[str], raw: bytes, offset: int, width: int, malformed: str | None) -> Sequence[Reason]:
    if malformed is None and len(cells) == width and raw.isascii() and b"\x00" not in raw:
        return ()
    found: list[Reason] = []
    if (undecodable := encoding_defect(raw, offset)) is not None:
        found.append(undecodable)
    if b"\x00" in raw:
        found.append(Reason("nul", None, f"byte {offset + raw.index(0)} of the file is NUL"))
    if malformed is not None:
        found.append(Reason("csv", None, malformed))
    elif len(cells) != width:
        found.append(
            Reason("columns", None, f"{len(cells)} {'cell' if len(cells) == 1 else 'cells'} where the header has {width}")
        )
    return found


def _clean(cells: list[str], raw: bytes) -> list[str]:
    if raw.isascii():
        return [cell.strip() for cell in cells]
    return [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
