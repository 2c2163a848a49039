"""Run events of OpenLineage 2-0-2 as plain JSON: https://openlineage.io/spec/2-0-2/OpenLineage.json."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyspark

from assay_glue.errors import JobError
from assay_glue.lineage_columns import ColumnLineage, Uses
from assay_glue.lineage_datasets import Dataset
from assay_glue.scores import Score

# The project has no public address yet; a URI is what the specification asks for.
PRODUCER = "urn:assay:glue-scripts"
SPECIFICATION = "https://openlineage.io/spec"
Json = dict[str, Any]


@dataclass(frozen=True)
class StepRun:
    """A step of a run. The parent job of a file's run has the dataset's name and is told by ``lambdas/lineage/``."""

    job_namespace: str
    parent: str
    step: str
    run_id: str
    date: str
    # What else is known of the run.
    parameters: Mapping[str, str]

    @property
    def parent_uuid(self) -> str:
        return run_uuid(self.run_id)

    @property
    def uuid(self) -> str:
        return run_uuid(f"{self.run_id}/{self.step}")


@dataclass
class Touched:
    """A dataset that a step reads or writes, and what is known of that."""

    dataset: Dataset
    row_count: int | None = None
    scores: Mapping[str, Score] = field(default_factory=dict)
    lineage: ColumnLineage | None = field(default=None, repr=False)


def run_uuid(name: str) -> str:
    """OpenLineage identifies runs by UUIDs: the same for the same run, whoever tells of it. Lambdas do it alike."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"assay:run:{name}"))


def run_event(
    kind: str, step: StepRun, inputs: Sequence[Touched], outputs: Sequence[Touched], error: BaseException | None = None
) -> Json:
    """``kind`` is START, COMPLETE or, with the error, FAIL."""
    facets = _run_facets(step)
    if error is not None:
        facets["errorMessage"] = _facet("1-0-1/ErrorMessageRunFacet", message=described(error), programmingLanguage="PYTHON")
    job_type = _facet("2-0-4/JobTypeJobFacet", processingType="BATCH", integration="SPARK", jobType="JOB")
    return {
        "eventType": kind,
        "eventTime": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "producer": PRODUCER,
        "schemaURL": f"{SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": step.uuid, "facets": facets},
        "job": {"namespace": step.job_namespace, "name": f"{step.parent}.{step.step}", "facets": {"jobType": job_type}},
        "inputs": [_input(touched) for touched in inputs],
        "outputs": [_output(touched) for touched in outputs],
    }


def described(error: BaseException) -> str:
    """What may be told of an error: other texts than our own may quote a person's data."""
    return f"{error.name}: {error.cause}" if isinstance(error, JobError) else type(error).__name__


def _run_facets(step: StepRun) -> Json:
    told = {"run_id": step.run_id, **step.parameters}
    parent = {"run": {"runId": step.parent_uuid}, "job": {"namespace": step.job_namespace, "name": step.parent}}
    return {
        "parent": _facet("1-2-0/ParentRunFacet", **parent, root=parent),
        "executionParameters": _facet(
            "1-0-0/ExecutionParametersRunFacet", parameters=[{"key": key, "value": value} for key, value in told.items()]
        ),
        "nominalTime": _facet("1-0-1/NominalTimeRunFacet", nominalStartTime=f"{step.date}T00:00:00Z"),
        "processing_engine": _facet("1-1-1/ProcessingEngineRunFacet", name="Spark", version=pyspark.__version__),
    }


def _facet(path: str, **fields: Any) -> Json:
    name = path.partition("/")[2]
    return {"_producer": PRODUCER, "_schemaURL": f"{SPECIFICATION}/facets/{path}.json#/$defs/{name}", **fields}


def _input(touched: Touched) -> Json:
    facets: Json = {}
    if touched.row_count is not None:
        facets["inputStatistics"] = _facet("1-0-0/InputStatisticsInputDatasetFacet", rowCount=touched.row_count)
    if touched.scores:
        assertions = [_assertion(dimension, score) for dimension, score in touched.scores.items()]
        facets["dataQualityAssertions"] = _facet("1-1-0/DataQualityAssertionsDatasetFacet", assertions=assertions)
    return {**_dataset(touched), "inputFacets": facets}


def _output(touched: Touched) -> Json:
    facets: Json = {}
    if touched.row_count is not None:
        facets["outputStatistics"] = _facet("1-0-2/OutputStatisticsOutputDatasetFacet", rowCount=touched.row_count)
    return {**_dataset(touched), "outputFacets": facets}


def _assertion(dimension: str, score: Score) -> Json:
    return {
        "assertion": dimension,
        "success": score.is_met,
        "severity": "error",
        "expected": f">= {score.threshold}",
        "actual": f"{float(score.value):.6f}",
        "params": {"passed": score.passed, "total": score.total},
    }


def _dataset(touched: Touched) -> Json:
    dataset, facets = touched.dataset, Json()
    if dataset.columns:
        fields = [{"name": name, "type": type_name} for name, type_name in dataset.columns]
        facets["schema"] = _facet("1-2-0/SchemaDatasetFacet", fields=fields)
    if dataset.version is not None:
        facets["version"] = _facet("1-0-1/DatasetVersionDatasetFacet", datasetVersion=dataset.version)
    if touched.lineage is not None:
        facets["columnLineage"] = _column_lineage(touched.lineage)
    return {"namespace": dataset.namespace, "name": dataset.name, "facets": facets}


def _column_lineage(lineage: ColumnLineage) -> Json:
    columns = {name: {"inputFields": _input_fields(uses)} for name, uses in lineage.columns.items() if uses}
    return _facet("1-2-0/ColumnLineageDatasetFacet", fields=columns, dataset=_input_fields(lineage.rows))


def _input_fields(uses: Uses) -> list[Mapping[str, Any]]:
    return [
        {**used._asdict(), "transformations": [{"type": kind, "subtype": way} for kind, way in sorted(ways)]}
        for used, ways in sorted(uses.items())
    ]
