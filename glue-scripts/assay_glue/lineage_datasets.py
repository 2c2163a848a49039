"""Datasets as OpenLineage names them: https://openlineage.io/docs/spec/naming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlparse


@dataclass(frozen=True)
class Dataset:
    """``columns`` are name and type, as far as they are known; ``version`` is the store's own."""

    namespace: str
    name: str
    columns: tuple[tuple[str, str], ...] = ()
    version: str | None = None

    @property
    def id(self) -> tuple[str, str]:
        return (self.namespace, self.name)

    def with_columns(self, columns: Sequence[tuple[str, str]]) -> Dataset:
        return replace(self, columns=tuple(columns))


def file_dataset(path: str, columns: Sequence[str] = (), version: str | None = None) -> Dataset:
    """An object of S3 (``s3://bucket/key``) or a file of this machine; a CSV's columns are text."""
    typed = tuple((name, "string") for name in columns)
    location = urlparse(path, allow_fragments=False)
    if location.scheme in ("s3", "s3a"):
        # Not the parsed path: a key may hold a question mark.
        key = path.split("://", 1)[1].partition("/")[2]
        return Dataset(f"s3://{location.netloc}", key, typed, version)
    return Dataset("file", location.path if location.scheme == "file" else path, typed, version)


def table_dataset(catalog_arn: str, table: str, columns: Sequence[tuple[str, str]] = ()) -> Dataset:
    """``database.table``, or ``catalog.database.table`` and perhaps the branch after it.

    ``catalog_arn`` is ``arn:aws:glue:<region>:<account>``.
    """
    parts = table.split(".")
    database, name = parts[:2] if len(parts) == 2 else parts[1:3]
    return Dataset(catalog_arn, f"table/{database}/{name}", tuple(columns))


def postgres_dataset(connection: Mapping[str, Any], table: str, schema: str = "public") -> Dataset:
    """A table of the database that the secret's ``host``, ``port`` and ``dbname`` lead to."""
    return Dataset(f"postgres://{connection['host']}:{connection['port']}", f"{connection['dbname']}.{schema}.{table}")
