"""Rows of a text file before any cell is understood: each with its line, its raw text and what is wrong with its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

UTF8_BOM = b"\xef\xbb\xbf"
READ_BYTES = 64 * 1024


class Reason(NamedTuple):
    """Why a row was refused. ``column`` is None where the whole row is at fault."""

    rule: str
    column: str | None
    value: str | None


class Record(NamedTuple):
    """One logical row: its first line (1-based, the header is line 1), its raw text and its cells.

    ``defects`` are faults of form, found before any cell is understood; such a record has no trustworthy cells.
    """

    line_number: int
    raw: str
    cells: list[str]
    defects: Sequence[Reason] = ()


class UnreadableFileError(Exception):
    """The rest of the file cannot be divided into rows. Carries an error name and its cause."""

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"{name}: {cause}")
        self.name = name
        self.cause = cause


def skip_bom(stream: BinaryIO) -> tuple[bytes, int]:
    """The stream's first bytes without a byte order mark, and how many bytes that mark has."""
    head = stream.read(len(UTF8_BOM))
    offset = len(UTF8_BOM) if head == UTF8_BOM else 0
    return head[offset:], offset


def physical_lines(stream: BinaryIO, limit: int, head: bytes = b"") -> Iterator[bytes]:
    """The lines of ``head`` and the rest of the stream, with their ends, which are LF, CRLF or CR.

    A line may hold many cells; the limit keeps a file without line ends from being read into memory whole.
    """
    number = 0
    while read := stream.read(min(limit, READ_BYTES)):
        lines = (head + read).splitlines(keepends=True)
        # Only the first can be so long: the others lie within what was just read.
        if len(lines[0].rstrip(b"\r\n")) >= limit:
            raise UnreadableFileError("FieldTooLong", f"line {number + 1} is longer than {limit} bytes")
        # What has no end yet is kept, and a CR, which may be the first half of a CRLF.
        head = lines.pop()
        number += len(lines)
        yield from lines
    yield from head.splitlines(keepends=True)


def encoding_defect(raw: bytes, offset: int) -> Reason | None:
    """The first byte that is not UTF-8, where there is one, counted from the file's beginning."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return Reason("encoding", None, f"byte {offset + error.start} of the file is 0x{raw[error.start]:02x}, not UTF-8")
    return None


def text_of(raw: bytes) -> str:
    """No U+FFFD is stored: an undecodable byte is shown as \\xNN."""
    return raw.decode("utf-8", "backslashreplace").rstrip("\r\n")
