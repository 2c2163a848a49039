"""Dates and timestamps as files write them, in JDK's letters: the exact value, or null where a cell is not written so."""

from __future__ import annotations

import re

from pyspark.sql import Column
from pyspark.sql import functions as F

ISO_DATE = "yyyy-MM-dd"
FIELD = re.compile(r"'T'|XXX|SSS|yyyy|MM|dd|HH|mm|ss")
OFFSET = r"(?:Z|[+-](?:(?:0[0-9]|1[0-7]):[0-5][0-9]|18:00))"


def date_of(cell: Column, format: str) -> Column:
    """The date. Java's formatter takes years with a sign and of any length; year 0, too, is one that few others know."""
    # The ISO format has a reader of its own, which is several times as fast as the one by a pattern.
    read = cell.cast("date") if format == ISO_DATE else F.to_date(cell, format)
    date = F.when(cell.rlike(_written(format)), read)
    return F.when(date >= F.lit("0001-01-01").cast("date"), date)


def timestamp_of(cell: Column, format: str) -> Column:
    """The moment; a format without an offset is UTC's, which is the session's time zone."""
    moment = F.when(cell.rlike(_written(format)), F.to_timestamp(cell, format))
    return F.when((moment >= _utc("0001-01-01 00:00:00")) & (moment <= _utc("9999-12-31 23:59:59.999")), moment)


def _written(format: str) -> str:
    """What a cell of the format looks like."""
    fixed = FIELD.split(format)
    fields = [_field(name) for name in FIELD.findall(format)]
    return r"\A" + "".join(re.escape(text) + field for text, field in zip(fixed, [*fields, ""], strict=True)) + r"\z"


def _field(name: str) -> str:
    return {"'T'": "T", "XXX": OFFSET}.get(name, rf"[0-9]{{{len(name)}}}")


def _utc(text: str) -> Column:
    return F.lit(text).cast("timestamp")
