"""Records of a CSV file as Snowflake reads them.

``skip_header`` drops lines, whatever they hold. A quote encloses a field only where it is its first character. An empty
field without quotes may become NULL, ``""`` is an empty text. A field that is not there is told apart from both by the
record's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from snowflake_host.errors import SnowflakeError

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class CsvFormat:
    skip_header: int = 0
    delimiter: str = ","
    quote: str | None = None
    empty_field_as_null: bool = True
    null_if: tuple[str, ...] = ("\\N",)
    skip_blank_lines: bool = False
    column_count_must_match: bool = True


@dataclass(frozen=True)
class Record:
    # The line it begins on, from 1, the skipped ones counted.
    line: int
    fields: list[str | None]


class BadRecord(Exception):
    """What Snowflake says of it, and where: line and character from 1, the column's place from 1."""

    def __init__(self, code: str, message: str, line: int, character: int, column: int) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.character = character
        self.column = column


def decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = content[error.start : error.start + 4].hex()
        raise SnowflakeError("100144", "22000", f"Invalid UTF8 detected in string '0x{bad}'") from None


def read_records(text: str, form: CsvFormat) -> Iterator[Record]:
    at, line = _skip_lines(text, form.skip_header)
    reader = _Reader(text, form)
    while at < len(text):
        end = LINE_END.search(text, at)
        stop = end.start() if end else len(text)
        whole = text[at:stop]
        if whole == "" and form.skip_blank_lines:
            at, line = stop + len(end.group() if end else ""), line + 1
            continue
        if form.quote is None or form.quote not in whole:
            fields = [reader.plain(field) for field in whole.split(form.delimiter)]
            yield Record(line, fields)
            at, line = stop + len(end.group() if end else ""), line + 1
        else:
            fields, after, lines = reader.enclosed(at, line)
            yield Record(line, fields)
            at, line = after, line + lines


def _skip_lines(text: str, count: int) -> tuple[int, int]:
    at = 0
    for _ in range(count):
        end = LINE_END.search(text, at)
        at = end.end() if end else len(text)
    return at, count + 1


class _Reader:
    def __init__(self, text: str, form: CsvFormat) -> None:
        self._text = text
        self._form = form
        self._nulls = set(form.null_if)
        self._unquoted_end = re.compile(f"{re.escape(form.delimiter)}|\r\n|\n|\r|\\Z")
        quote = re.escape(form.quote or '"')
        self._quoted = re.compile(f"{quote}((?:[^{quote}]|{quote}{quote})*){quote}", re.DOTALL)

    def plain(self, field: str) -> str | None:
        if field == "" and self._form.empty_field_as_null:
            return None
        return self.enclosed_value(field)

    def enclosed_value(self, field: str) -> str | None:
        return None if field in self._nulls else field

    def enclosed(self, start: int, line: int) -> tuple[list[str | None], int, int]:
        """A record with quotes in it: its fields, where the next one starts, how many lines it takes."""
        text, quote, at = self._text, self._form.quote or '"', start
        fields: list[str | None] = []
        while True:
            if text.startswith(quote, at):
                match = self._quoted.match(text, at)
                if match is None:
                    raise self._bad("100068", "End of record reached while expected to parse column", start, at, line, fields)
                fields.append(self.enclosed_value(match.group(1).replace(quote * 2, quote)))
                at = match.end()
            else:
                end = self._unquoted_end.search(text, at)
                stop = end.start() if end else len(text)
                fields.append(self.plain(text[at:stop]))
                at = stop
            if text.startswith(self._form.delimiter, at):
                at += len(self._form.delimiter)
                continue
            if at < len(text) and (end := LINE_END.match(text, at)) is None:
                said = f"Found character '{text[at]}' instead of field delimiter '{self._form.delimiter}'"
                raise self._bad("100066", said, start, at, line, fields)
            at = end.end() if at < len(text) and end else len(text)
            return fields, at, len(LINE_END.findall(text, start, at)) or 1

    def _bad(self, code: str, said: str, start: int, at: int, line: int, fields: list[str | None]) -> BadRecord:
        before = self._text[start:at]
        ends = list(LINE_END.finditer(before))
        character = len(before) - (ends[-1].end() if ends else 0) + 1
        return BadRecord(code, said, line + len(ends), character, len(fields))
