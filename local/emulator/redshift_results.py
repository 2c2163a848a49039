"""Rows of a statement as the Data API answers with them, kept on disk once they are many."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.pq.abc import PGresult

MAX_RESULT_BYTES = 100 * 2**20
PAGE_ROWS = 1000
PAGE_BYTES = 2**20
# Redshift's names of PostgreSQL's types, by the names of the latter.
TYPE_NAMES = {"text": "varchar", "unknown": "varchar", "name": "varchar", "bytea": "varbyte", "jsonb": "super", "oid": "int8"}
# They have an exact value in JSON; every other type stays PostgreSQL's text.
WITH_VALUES = frozenset({"bool", "int2", "int4", "int8", "oid", "float4", "float8"})
TEXTS = frozenset({"text", "varchar", "bpchar", "unknown", "name"})
SIGNED = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})


class ResultTooLarge(Exception):
    """More than Redshift gives out."""


def keep_text(connection: Connection) -> None:
    from psycopg.types.string import TextLoader

    for known in connection.adapters.types:
        if known.name not in WITH_VALUES:
            connection.adapters.register_loader(known.oid, TextLoader)


class Result:
    """A finished result: columns, and rows as JSON, found by page."""

    def __init__(self) -> None:
        self.columns: list[dict[str, Any]] = []
        self.total = 0
        self.size = 0
        self._rows = tempfile.SpooledTemporaryFile(max_size=PAGE_BYTES)  # noqa: SIM115 - lives as long as the statement
        self._ends = [0]
        self._in_page = 0

    def append(self, row: Sequence[Any]) -> None:
        self.size += sum(len(str(value)) for value in row if value is not None)
        if self.size > MAX_RESULT_BYTES:
            raise ResultTooLarge("The query result is larger than 100 MB, which is more than the Data API returns: unload it")
        self._rows.write(json.dumps([_field(value) for value in row], ensure_ascii=False).encode() + b",")
        self.total += 1
        self._in_page += 1
        if self._in_page == PAGE_ROWS or self._rows.tell() - self._ends[-1] > PAGE_BYTES:
            self._ends.append(self._rows.tell())
            self._in_page = 0

    def complete(self) -> None:
        """No more rows come."""
        if self._in_page:
            self._ends.append(self._rows.tell())

    def page(self, number: int) -> tuple[bytes, bool]:
        """A page's rows as a JSON list, and whether there is a next."""
        if number + 1 >= len(self._ends):
            return b"[]", False
        start, end = self._ends[number : number + 2]
        self._rows.seek(start)
        return b"[" + self._rows.read(end - start).rstrip(b",") + b"]", number + 2 < len(self._ends)

    @property
    def pages(self) -> int:
        return max(1, len(self._ends) - 1)

    def close(self) -> None:
        self._rows.close()


def _field(value: Any) -> dict[str, Any]:
    if value is None:
        return {"isNull": True}
    if isinstance(value, bool):
        return {"booleanValue": value}
    if isinstance(value, int):
        return {"longValue": value}
    if isinstance(value, float):
        # JSON has no such numbers; AWS's protocol says them as text.
        return {"doubleValue": value if math.isfinite(value) else str(value).replace("inf", "Infinity").replace("nan", "NaN")}
    return {"stringValue": value}


def columns_of(described: PGresult, connection: Connection) -> list[dict[str, Any]]:
    return [_column(described, place, connection) for place in range(described.nfields)]


def _column(described: PGresult, place: int, connection: Connection) -> dict[str, Any]:
    known = connection.adapters.types.get(described.ftype(place))
    name = known.name if known else "varchar"
    label = (described.fname(place) or b"").decode()
    # PostgreSQL's type modifier: four more than a length, or precision and scale in two halves.
    modifier = described.fmod(place) - 4
    length = max(described.fsize(place), modifier if name in TEXTS else 0, 0)
    precision, scale = ((modifier >> 16) & 0xFFFF, modifier & 0x7FF) if name == "numeric" and modifier >= 0 else (length, 0)
    return {
        "isCaseSensitive": name in TEXTS,
        "isCurrency": False,
        "isSigned": name in SIGNED,
        "label": label,
        "length": length,
        "name": label,
        "nullable": 1,
        "precision": precision,
        "scale": scale,
        "schemaName": "",
        "tableName": "",
        "typeName": TYPE_NAMES.get(name, name),
    }
