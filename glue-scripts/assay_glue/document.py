"""The job document: a dataset's contract with everything derived from it, as the app renders it for the jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay_glue.csv_records import Dialect


@dataclass(frozen=True)
class Column:
    """A column of the dataset. ``type`` is a Spark DDL type; ``format`` a date or timestamp pattern."""

    name: str
    type: str
    required: bool
    format: str | None
    cleanings: tuple[str, ...]
    rules: Mapping[str, Any]


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
    sql: str


@dataclass(frozen=True)
class JobDocument:
    """What a job knows of its dataset. ``ddl`` and ``views`` map ``database.name`` to SQL."""

    dataset: str
    version: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    dialect: Dialect
    business_rules: tuple[BusinessRule, ...]
    references: tuple[Reference, ...]
    thresholds: Mapping[str, str]
    ddl: Mapping[str, str]
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
    csv = raw["csv"]
    return JobDocument(
        dataset=raw["dataset"],
        version=raw["version"],
        columns=tuple(_column(column) for column in raw["columns"]),
        primary_key=tuple(raw["primaryKey"]),
        dialect=Dialect(csv["delimiter"], csv["quote"], csv["maxFieldBytes"]),
        business_rules=tuple(BusinessRule(**rule) for rule in raw["businessRules"]),
        references=tuple(Reference(**reference) for reference in raw["references"]),
        thresholds=raw["thresholds"],
        ddl=raw["ddl"],
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
    )


def _model(raw: Mapping[str, Any]) -> Model:
    columns = {column["name"]: column["type"] for column in raw["columns"]}
    return Model(name=raw["name"], key=tuple(raw["key"]), columns=columns, sql=raw["sql"])
