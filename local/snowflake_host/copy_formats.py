"""File formats inside a ``copy into``: what of a file's reading a statement says, and what it has to say."""

from __future__ import annotations

from snowflake_host.csv_records import CsvFormat
from snowflake_host.errors import unsupported
from snowflake_host.parquet_columns import ParquetFormat
from snowflake_host.words import Kind, Words

FileFormat = CsvFormat | ParquetFormat
CSV_OPTIONS: dict[str, Kind] = {
    "SKIP_HEADER": int,
    "FIELD_DELIMITER": str,
    "FIELD_OPTIONALLY_ENCLOSED_BY": str,
    # The default is a backslash, with which a field's text is not the file's.
    "ESCAPE_UNENCLOSED_FIELD": ("NONE",),
    "EMPTY_FIELD_AS_NULL": bool,
    "NULL_IF": list[str],
    "SKIP_BLANK_LINES": bool,
    "ERROR_ON_COLUMN_COUNT_MISMATCH": bool,
    "ENCODING": ("UTF8",),
    "COMPRESSION": ("NONE",),
    "TRIM_SPACE": ("FALSE",),
    "REPLACE_INVALID_CHARACTERS": ("FALSE",),
    "MULTI_LINE": ("TRUE",),
}
PARQUET_OPTIONS: dict[str, Kind] = {
    # Without it a timestamp is a number.
    "USE_LOGICAL_TYPE": ("TRUE",),
    # The default takes the text \\N for null.
    "NULL_IF": list[str],
    "COMPRESSION": ("AUTO",),
    "TRIM_SPACE": ("FALSE",),
    "REPLACE_INVALID_CHARACTERS": ("FALSE",),
    "BINARY_AS_TEXT": ("TRUE",),
}


def read_format(words: Words) -> FileFormat:
    source = Words(words.bracketed())
    if not source.accept("TYPE", "="):
        raise unsupported("a file format without TYPE = CSV or TYPE = PARQUET first")
    kind = source.value("TYPE", ("CSV", "PARQUET"))
    source.accept(",")
    return _csv(source) if kind == "CSV" else _parquet(source)


def _csv(words: Words) -> CsvFormat:
    given = words.options(CSV_OPTIONS)
    if "ESCAPE_UNENCLOSED_FIELD" not in given:
        raise unsupported("a file format without ESCAPE_UNENCLOSED_FIELD = NONE")
    quote = given.get("FIELD_OPTIONALLY_ENCLOSED_BY", "NONE")
    return CsvFormat(
        skip_header=given.get("SKIP_HEADER", 0),
        delimiter=given.get("FIELD_DELIMITER", ","),
        quote=None if quote == "NONE" else quote,
        empty_field_as_null=given.get("EMPTY_FIELD_AS_NULL", True),
        null_if=tuple(given.get("NULL_IF", ["\\N"])),
        skip_blank_lines=given.get("SKIP_BLANK_LINES", False),
        column_count_must_match=given.get("ERROR_ON_COLUMN_COUNT_MISMATCH", True),
    )


def _parquet(words: Words) -> ParquetFormat:
    given = words.options(PARQUET_OPTIONS)
    if "USE_LOGICAL_TYPE" not in given or given.get("NULL_IF") != []:
        raise unsupported("a format of Parquet without USE_LOGICAL_TYPE = TRUE and NULL_IF = ()")
    return ParquetFormat()
