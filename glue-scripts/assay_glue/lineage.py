"""The lineage of a step: an OpenLineage event when it starts, and one when it completes or fails."""

from __future__ import annotations

import argparse
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from pyspark.sql import DataFrame

from assay_glue.lineage_columns import column_lineage
from assay_glue.lineage_datasets import Dataset, file_dataset, postgres_dataset, table_dataset
from assay_glue.lineage_event import StepRun, Touched, run_event
from assay_glue.lineage_store import store_event
from assay_glue.scores import Score

LOG = logging.getLogger("assay.lineage")

# What a script takes from the command line beside those that say what it is about:
# - lineage_path: an s3:// prefix or a folder
# - lineage_namespace: of the jobs, one a stage
# - catalog_arn: arn:aws:glue:<region>:<account>, the namespace of tables
LINEAGE_ARGUMENTS = ("lineage_path", "lineage_namespace", "catalog_arn")

# Building a frame may fail as well: a function is called where that does no harm.
Frame = DataFrame | Callable[[], DataFrame]


def lineage_of(step: str, arguments: argparse.Namespace) -> AbstractContextManager[Lineage]:
    """Tells of the step ``step`` of a file's run, whose body this surrounds."""
    run = StepRun(
        job_namespace=arguments.lineage_namespace,
        parent=arguments.dataset,
        step=step,
        run_id=arguments.run_id,
        date=arguments.ingestion_date,
        parameters={
            "outcome": arguments.outcome,
            "source_key": arguments.source_key,
            "source_version": arguments.source_version,
            "ingestion_date": arguments.ingestion_date,
        },
    )
    return lineage_of_run(run, arguments)


@contextmanager
def lineage_of_run(run: StepRun, arguments: argparse.Namespace) -> Iterator[Lineage]:
    """Tells of a step of any run. An exception passes on, after a FAIL with its name."""
    lineage = Lineage(run, arguments.lineage_path, arguments.catalog_arn)
    lineage.tell("START")
    try:
        yield lineage
    except BaseException as error:
        lineage.tell("FAIL", error)
        raise
    lineage.tell("COMPLETE")


class Lineage:
    """Collects what a step reads and writes. Nothing here ever fails the job: what cannot be told is logged."""

    def __init__(self, run: StepRun, path: str, catalog_arn: str) -> None:
        self._run = run
        self._folder = f"{path.rstrip('/')}/{run.parent}/{run.date}/{run.run_id}"
        self._catalog_arn = catalog_arn
        self._inputs: dict[tuple[str, str], Touched] = {}
        self._outputs: dict[tuple[str, str], Touched] = {}

    def file(self, path: str, columns: Sequence[str] = (), version: str | None = None) -> Dataset:
        """A file with text columns of these names, at an ``s3://`` path or a local one."""
        return file_dataset(path, columns, version)

    def table(self, name: str) -> Dataset:
        """A table of the lake: ``database.table``."""
        return table_dataset(self._catalog_arn, name)

    def postgres(self, connection: Mapping[str, Any], table: str) -> Dataset:
        """A table of the database that the connection's host, port and dbname lead to."""
        return postgres_dataset(connection, table)

    def reads(self, dataset: Dataset, row_count: int | None = None, scores: Mapping[str, Score] | None = None) -> None:
        """An input. Those that the frames of ``writes`` read are known without; to tell of one again adds to it."""
        with _harmlessly(f"input {dataset.name}"):
            _add(self._inputs, Touched(dataset, row_count, scores or {}))

    def writes(
        self, dataset: Dataset, frame: Frame | None = None, row_count: int | None = None, file: Dataset | None = None
    ) -> None:
        """An output. Its columns are those of ``frame``, a frame like the one written, followed down to stored columns.

        The frame's plan is read, nothing is computed; give one from before a ``localCheckpoint``, which hides what was
        before. ``file`` is the file that Python code among the frame's sources read: columns of its names are its own.
        """
        with _harmlessly(f"output {dataset.name}"):
            _add(self._outputs, Touched(dataset, row_count))
        if file is not None:
            self.reads(file)
        if frame is not None:
            with _harmlessly(f"columns of {dataset.name}"):
                self._trace(dataset, frame if isinstance(frame, DataFrame) else frame(), file)

    def tell(self, kind: str, error: BaseException | None = None) -> None:
        """Writes an event with all that is known by now."""
        # A step that is tried again tells again: the random part keeps the events of every attempt.
        place = f"{self._folder}/{self._run.step}-{kind}-{secrets.token_hex(4)}.jsonl"
        with _harmlessly(f"event {place}"):
            inputs, outputs = list(self._inputs.values()), list(self._outputs.values())
            store_event(place, run_event(kind, self._run, inputs, outputs, error))

    def _trace(self, dataset: Dataset, frame: DataFrame, file: Dataset | None) -> None:
        typed = tuple((column.name, column.dataType.simpleString()) for column in frame.schema.fields)
        _add(self._outputs, Touched(dataset.with_columns(typed)))
        lineage = column_lineage(frame, self._stored_at, file)
        _add(self._outputs, Touched(dataset.with_columns(typed), lineage=lineage))
        for source in lineage.inputs:
            _add(self._inputs, Touched(source))

    def _stored_at(self, place: str) -> Dataset:
        if "/" not in place:
            return self.table(place)
        # What a step leaves for the next lies in a folder of the run; as a dataset it is one, whatever the run.
        return file_dataset(place.replace(f"/{self._run.run_id}/", "/"))


def _add(known: dict[tuple[str, str], Touched], told: Touched) -> None:
    """What is told later wins, where it says anything."""
    before = known.setdefault(told.dataset.id, told)
    columns, version = told.dataset.columns or before.dataset.columns, told.dataset.version or before.dataset.version
    before.dataset = replace(before.dataset, columns=columns, version=version)
    before.row_count = before.row_count if told.row_count is None else told.row_count
    before.scores = told.scores or before.scores
    before.lineage = told.lineage or before.lineage


@contextmanager
def _harmlessly(what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # Spark's errors quote values, so the kind has to do.
        LOG.warning("no lineage of %s: %s", what, type(error).__name__)
