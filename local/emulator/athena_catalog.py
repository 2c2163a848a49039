"""What Athena reads from the Glue catalog alone: SHOW and DESCRIBE, and the text of views."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from typing import Any

from ministack.services import glue

VIEW = re.compile(r"/\*\s*Presto View:\s*(?P<data>[A-Za-z0-9+/=\s]+?)\s*\*/")
NAME = r"[`\"]?(?P<{}>[\w$]+)[`\"]?"
SHOW_DATABASES = re.compile(r"show\s+(databases|schemas)", re.IGNORECASE)
SHOW_TABLES = re.compile(rf"show\s+(?P<kind>tables|views)(\s+(in|from)\s+{NAME.format('database')})?", re.IGNORECASE)
DESCRIBE = re.compile(
    rf"(describe|desc|show\s+columns\s+(in|from))\s+({NAME.format('database')}\.)?{NAME.format('table')}", re.IGNORECASE
)


class NoSuchTable(Exception):
    """A table or view that the catalog does not have."""


def answer(query: str, database: str) -> dict[str, Any] | None:
    """The result of a SHOW or DESCRIBE, or None for anything else."""
    text = query.strip().rstrip(";").strip()
    if SHOW_DATABASES.fullmatch(text):
        return _listing(["database_name"], ([name] for name in sorted(glue._databases)))
    shown = SHOW_TABLES.fullmatch(text)
    if shown:
        views_only = shown["kind"].lower() == "views"
        tables = _tables(shown["database"] or database)
        return _listing(["tab_name"], ([t["Name"]] for t in tables if _is_view(t) or not views_only))
    described = DESCRIBE.fullmatch(text)
    if described:
        columns = _columns(described["database"] or database, described["table"])
        return _listing(["col_name", "data_type"], ([c["Name"], c.get("Type", "")] for c in columns))
    return None


def view_definition(database: str, name: str) -> str | None:
    """The SQL of a view as it was written; None when the name is a table's, or nobody's."""
    table = glue._tables.get(f"{database}/{name}")
    if table is None or not _is_view(table):
        return None
    text = table.get("ViewOriginalText") or ""
    match = VIEW.fullmatch(text.strip())
    if match is None:
        return str(text)
    return str(json.loads(base64.b64decode(match["data"]))["originalSql"])


def _is_view(table: dict[str, Any]) -> bool:
    return table.get("TableType") == "VIRTUAL_VIEW"


def _tables(database: str) -> list[dict[str, Any]]:
    return sorted((t for t in glue._tables.values() if t["DatabaseName"] == database), key=lambda t: t["Name"])


def _columns(database: str, name: str) -> list[dict[str, Any]]:
    table = glue._tables.get(f"{database}/{name}")
    if table is None:
        raise NoSuchTable(f"there is no {database}.{name}")
    return [*table.get("StorageDescriptor", {}).get("Columns", []), *table.get("PartitionKeys", [])]


def _listing(columns: list[str], rows: Iterable[list[str]]) -> dict[str, Any]:
    return {"columns": columns, "column_types": ["varchar"] * len(columns), "rows": list(rows)}
