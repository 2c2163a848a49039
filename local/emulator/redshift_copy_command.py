"""COPY of Parquet, read from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulator.redshift_calls import NotTranslated
from emulator.redshift_parser import NotRedshift

NAME = r'(?:"[^"]+"|[\w$]+)'
COPY = re.compile(
    rf"copy\s+(?:(?P<schema>{NAME})\.)?(?P<table>{NAME})\s*(?:\((?P<columns>[^)]*)\)\s*)?"
    r"from\s+'(?P<uri>[^']*)'\s*(?P<options>.*)",
    re.IGNORECASE | re.DOTALL,
)
ROLE = re.compile(r"iam_role\s+(?:default|'[^']+')", re.IGNORECASE)
PARQUET = re.compile(r"format\s+(?:as\s+)?parquet", re.IGNORECASE)


@dataclass(frozen=True)
class CopyCommand:
    """Where to and where from; no columns means all but the identity column."""

    schema: str | None
    table: str
    columns: tuple[str, ...]
    bucket: str
    prefix: str


def read_copy(text: str) -> CopyCommand:
    match = COPY.fullmatch(text)
    if match is None:
        raise NotRedshift(
            "syntax error at or near \"copy\": expected copy table [(columns)] from 's3://…' iam_role … format as parquet"
        )
    _check_options(match["options"])
    place = re.fullmatch(r"s3://([^/]+)/(.*)", match["uri"])
    if place is None:
        raise NotTranslated(f"copy from {match['uri']}, which is no object in S3,")
    columns = tuple(_name(one) for one in (match["columns"] or "").split(",") if one.strip())
    schema = _name(match["schema"]) if match["schema"] else None
    return CopyCommand(schema, _name(match["table"]), columns, place[1], place[2])


def _check_options(options: str) -> None:
    if not ROLE.search(options):
        raise NotTranslated("copy without iam_role")
    if not PARQUET.search(options):
        raise NotTranslated("copy of anything but format as parquet (csv, json, avro, orc)")
    rest = PARQUET.sub("", ROLE.sub("", options, count=1), count=1).strip()
    if rest:
        raise NotTranslated(f"copy of parquet with {' '.join(rest.split()).lower()}")


def _name(text: str) -> str:
    """As PostgreSQL and Redshift fold it: lower case, whether quoted or not."""
    return text.strip().strip('"').lower()
