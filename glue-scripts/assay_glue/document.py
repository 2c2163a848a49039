"""The job document: a dataset's contract with everything derived from it, as the app renders it for the jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay_glue.row_batches import Layout


@dataclass(frozen=True)
class Column:
    """A column of the dataset. ``type`` is a Spark DDL type; ``format`` a date or timestamp pattern."""

    name: str
    type: str
    required: bool
    format: str | None
    cleanings: tuple[str, ...]
    rules: Mapping[str, Any]
    # What headers of older files call it, and the contract's version with which it came.
    renamed_from: str | None = None
    added_in: str | None = None


@dataclass(frozen=True)
class BusinessRule:
    """A condition across a row's columns, in Spark SQL; ``name`` is the reason of a row that breaks it."""

    name: str
    expression: str


@dataclass(frozen=True)
class Reference:
    """The values of ``column`` are keys of another dataset."""

    column: str
    dataset: str
    key: str


@dataclass(frozen=True)
class Model:
    """A gold model: rows per ``key`` and ingestion date, made by ``sql``; ``columns`` are name → Spark DDL type."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    required: tuple[str, ...]
    sql: str


@dataclass(frozen=True)
class TableColumn:
    """A column of an Iceberg table, with its Spark DDL type and the name that it may have had before."""

    name: str
    type: str
    renamed_from: str | None


@dataclass(frozen=True)
class JobDocument:
    """What a job knows of its dataset. ``ddl``, ``tables`` and ``views`` are by ``database.name``."""

    dataset: str
    version: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    dialect: Layout
    business_rules: tuple[BusinessRule, ...]
    references: tuple[Reference, ...]
    thresholds: Mapping[str, str]
    ddl: Mapping[str, str]
    tables: Mapping[str, tuple[TableColumn, ...]]
    views: Mapping[str, str]
    models: tuple[Model, ...]

    @property
    def rows_table(self) -> str:
        """Every accepted row of every file version in force."""
        return f"silver.{self.dataset}_by_file"

    @property
    def current_view(self) -> str:
        """The current row per primary key."""
        return f"silver.{self.dataset}"

    @property
    def quarantine_table(self) -> str:
        return f"quarantine.{self.dataset}"

    @property
    def quality_table(self) -> str:
        return f"quality.{self.dataset}"


def parse_document(text: str) -> JobDocument:
    """The document of a JSON text, as ``contracts/job-document.ts`` writes it."""
    raw = json.loads(text)
    columns = tuple(_column(column) for column in raw["columns"])
    return JobDocument(
        dataset=raw["dataset"],
        version=raw["version"],
        columns=columns,
        primary_key=tuple(raw["primaryKey"]),
        dialect=_layout(raw["csv"], columns),
        business_rules=tuple(BusinessRule(**rule) for rule in raw["businessRules"]),
        references=tuple(Reference(**reference) for reference in raw["references"]),
        thresholds=raw["thresholds"],
        ddl=raw["ddl"],
        tables={name: tuple(_table_column(column) for column in of_table) for name, of_table in raw["tables"].items()},
        views=raw["views"],
        models=tuple(_model(model) for model in raw["models"]),
    )


def _column(raw: Mapping[str, Any]) -> Column:
    return Column(
        name=raw["name"],
        type=raw["type"],
        required=raw["required"],
        format=raw.get("format"),
        cleanings=tuple(raw.get("cleanings", ())),
        rules=raw.get("rules", {}),
        renamed_from=raw.get("renamedFrom"),
        added_in=raw.get("addedIn"),
    )


def _layout(csv: Mapping[str, Any], columns: Sequence[Column]) -> Layout:
    return Layout(
        delimiter=csv["delimiter"],
        quote=csv["quote"],
        max_field_bytes=csv["maxFieldBytes"],
        former_names={column.name: column.renamed_from for column in columns if column.renamed_from is not None},
        later=frozenset(column.name for column in columns if column.added_in is not None),
        formats={column.name: column.format for column in columns if column.format is not None},
    )


def _table_column(raw: Mapping[str, str]) -> TableColumn:
    return TableColumn(raw["name"], raw["type"], raw.get("renamedFrom"))


def _model(raw: Mapping[str, Any]) -> Model:
    columns = {column["name"]: column["type"] for column in raw["columns"]}
    required = tuple(column["name"] for column in raw["columns"] if column["required"])
    return Model(name=raw["name"], key=tuple(raw["key"]), columns=columns, required=required, sql=raw["sql"])
