"""What the job that makes files of an extract knows: the contracts of a source, as the app renders them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Keys below an object → what is known below each; a value or another dataset's list has nothing below it.
Known = Mapping[str, "Known"]
# The same while it grows.
Tree = dict[str, "Tree"]


@dataclass(frozen=True)
class Place:
    """Where a value is: how many lists lead to its object (0: the record), and the keys from there."""

    level: int
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """A dataset: its rows are the objects of the last of the lists, one inside the other; without one, the record."""

    dataset: str
    file_pattern: str
    date_format: str
    lists: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, Place], ...]
    # What may be in a row's object; None: anything.
    known: Known | None

    def file_name(self, date: str, extract_id: str) -> str:
        """The file's name for a date, YYYY-MM-DD: ``concessions_20250131_<extract id>.jsonl``."""
        year, month, day = date.split("-")
        written = self.date_format.replace("YYYY", year).replace("MM", month).replace("DD", day)
        return self.file_pattern.replace("{date}", written).replace("{suffix}", f"_{extract_id}")


@dataclass(frozen=True)
class FlattenDocument:
    """A source: what tells its records apart, when each was changed last, and the datasets made of them."""

    source: str
    key: tuple[Place, ...]
    changed_at: Place
    datasets: tuple[Rows, ...]


def parse_flatten_document(text: str) -> FlattenDocument:
    """The document of a JSON text, as ``contracts/flatten-document.ts`` writes it."""
    raw = json.loads(text)
    paths: Sequence[str] = raw["paths"]
    return FlattenDocument(
        source=raw["source"],
        key=tuple(place_of(path) for path in raw["key"]),
        changed_at=place_of(raw["changedAt"]),
        datasets=tuple(
            Rows(
                dataset=each["dataset"],
                file_pattern=each["filePattern"],
                date_format=each["dateFormat"],
                lists=tuple(tuple(part.strip(".").split(".")) for part in each["rows"].split("[]")[:-1]),
                columns=tuple((column["name"], place_of(column["path"])) for column in each["columns"]),
                known=known_below(each["rows"], paths) if each["unknownKeys"] == "refused" else None,
            )
            for each in raw["datasets"]
        ),
    )


def place_of(path: str) -> Place:
    """The place of a path such as ``lines[].amount.value``."""
    *lists, inner = path.split("[]")
    return Place(len(lists), tuple(inner.strip(".").split(".")))


def known_below(rows: str, paths: Sequence[str]) -> Known:
    """What the paths say that may be in the object of a row; what is inside another list is that one's."""
    tree: Tree = {}
    start = f"{rows}." if rows else ""
    for path in paths:
        if path.startswith(start) and path != rows:
            inside = tree
            for key in path[len(start) :].split("[]")[0].split("."):
                inside = inside.setdefault(key, {})
    return tree
