"""Names, identifiers and the shape of lineage events."""

from __future__ import annotations

import pyspark
import pytest

from assay_glue.errors import TerminalError, TransientError
from assay_glue.lineage_columns import ColumnLineage, InputField
from assay_glue.lineage_datasets import Dataset, file_dataset, postgres_dataset, table_dataset
from assay_glue.lineage_event import StepRun, Touched, described, run_event, run_uuid
from assay_glue.scores import Score

RUN = "f" * 64
STEP = StepRun("assay-dev", "purchases", "silver-to-gold", RUN, "2025-01-02", {"outcome": "load", "source_key": "a.csv"})
# The same two are in run-uuid.test.ts: Lambdas and jobs must agree on them.
PARENT, CHILD = "e370ffc2-fbeb-5f31-85ac-ec7f79abeb30", "a47ad0e6-4d24-55f6-9e78-8279298fb888"
CATALOG = "arn:aws:glue:us-east-1:000000000000"


def facet(path: str, **fields: object) -> dict[str, object]:
    schema = f"https://openlineage.io/spec/facets/{path}.json#/$defs/{path.split('/')[1]}"
    return {"_producer": "urn:assay:glue-scripts", "_schemaURL": schema, **fields}


def test_a_run_has_the_identifier_that_the_lambdas_give_it() -> None:
    assert (run_uuid(RUN), STEP.parent_uuid, STEP.uuid) == (PARENT, PARENT, CHILD)


def test_an_event_names_job_run_and_parent() -> None:
    event = run_event("START", STEP, [], [])
    parent = {"run": {"runId": PARENT}, "job": {"namespace": "assay-dev", "name": "purchases"}}
    parameters = {"run_id": RUN, "outcome": "load", "source_key": "a.csv"}
    assert event.pop("eventTime").endswith("Z")
    assert event == {
        "eventType": "START",
        "producer": "urn:assay:glue-scripts",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {
            "runId": CHILD,
            "facets": {
                "parent": facet("1-2-0/ParentRunFacet", **parent, root=parent),
                "executionParameters": facet(
                    "1-0-0/ExecutionParametersRunFacet",
                    parameters=[{"key": key, "value": value} for key, value in parameters.items()],
                ),
                "nominalTime": facet("1-0-1/NominalTimeRunFacet", nominalStartTime="2025-01-02T00:00:00Z"),
                "processing_engine": facet("1-1-1/ProcessingEngineRunFacet", name="Spark", version=pyspark.__version__),
            },
        },
        "job": {
            "namespace": "assay-dev",
            "name": "purchases.silver-to-gold",
            "facets": {"jobType": facet("2-0-4/JobTypeJobFacet", processingType="BATCH", integration="SPARK", jobType="JOB")},
        },
        "inputs": [],
        "outputs": [],
    }


def test_an_input_has_its_rows_scores_and_version() -> None:
    scores = {"validity": Score(97, 97, "0.97"), "accuracy": Score(1, 3, "0.98")}
    scores["consistency"] = Score(0, 0, "0.99")
    event = run_event("COMPLETE", STEP, [Touched(file_dataset("s3://b/k", ["a"], "v9"), 4, scores)], [])
    assertions = [
        {"assertion": "validity", "success": True, "expected": ">= 0.97", "actual": "1.000000"},
        {"assertion": "accuracy", "success": False, "expected": ">= 0.98", "actual": "0.333333"},
        {"assertion": "consistency", "success": True, "expected": ">= 0.99", "actual": "1.000000"},
    ]
    params = [{"passed": 97, "total": 97}, {"passed": 1, "total": 3}, {"passed": 0, "total": 0}]
    assert event["inputs"] == [
        {
            "namespace": "s3://b",
            "name": "k",
            "facets": {
                "schema": facet("1-2-0/SchemaDatasetFacet", fields=[{"name": "a", "type": "string"}]),
                "version": facet("1-0-1/DatasetVersionDatasetFacet", datasetVersion="v9"),
            },
            "inputFacets": {
                "inputStatistics": facet("1-0-0/InputStatisticsInputDatasetFacet", rowCount=4),
                "dataQualityAssertions": facet(
                    "1-1-0/DataQualityAssertionsDatasetFacet",
                    assertions=[
                        {**assertion, "severity": "error", "params": numbers}
                        for assertion, numbers in zip(assertions, params, strict=True)
                    ],
                ),
            },
        }
    ]


def test_an_output_has_its_rows_and_where_its_columns_come_from() -> None:
    amount, day = InputField("n", "t", "amount"), InputField("n", "t", "day")
    columns = {"total": {amount: {("DIRECT", "AGGREGATION")}, day: {("INDIRECT", "WINDOW")}}, "nothing": {}}
    lineage = ColumnLineage(columns, {day: {("INDIRECT", "GROUP_BY"), ("INDIRECT", "FILTER")}}, ())
    event = run_event("COMPLETE", STEP, [], [Touched(Dataset("n", "o"), 0, lineage=lineage)])

    def used(field: InputField, *ways: tuple[str, str]) -> dict[str, object]:
        return {**field._asdict(), "transformations": [{"type": kind, "subtype": way} for kind, way in ways]}

    assert event["outputs"] == [
        {
            "namespace": "n",
            "name": "o",
            "facets": {
                "columnLineage": facet(
                    "1-2-0/ColumnLineageDatasetFacet",
                    fields={
                        "total": {"inputFields": [used(amount, ("DIRECT", "AGGREGATION")), used(day, ("INDIRECT", "WINDOW"))]}
                    },
                    dataset=[used(day, ("INDIRECT", "FILTER"), ("INDIRECT", "GROUP_BY"))],
                )
            },
            "outputFacets": {"outputStatistics": facet("1-0-2/OutputStatisticsOutputDatasetFacet", rowCount=0)},
        }
    ]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TerminalError("RowsDoNotBalance", "3 rows read"), "RowsDoNotBalance: 3 rows read"),
        (TransientError("PublishContended", "others won"), "PublishContended: others won"),
        (ValueError("ada@example.org is no date"), "ValueError"),
        (SystemExit("ada@example.org"), "SystemExit"),
    ],
)
def test_of_an_error_only_our_own_words_are_told(error: BaseException, told: str) -> None:
    assert described(error) == told
    facets = run_event("FAIL", STEP, [], [], error)["run"]["facets"]
    assert facets["errorMessage"] == facet("1-0-1/ErrorMessageRunFacet", message=told, programmingLanguage="PYTHON")


@pytest.mark.parametrize(
    ("dataset", "namespace", "name"),
    [
        (file_dataset("s3://bucket/a b/c?d#e.csv"), "s3://bucket", "a b/c?d#e.csv"),
        (file_dataset("s3a://bucket/k"), "s3://bucket", "k"),
        (file_dataset("file:/tmp/x.csv"), "file", "/tmp/x.csv"),
        (file_dataset("/tmp/x.csv"), "file", "/tmp/x.csv"),
        (table_dataset(CATALOG, "silver.purchases_by_file"), CATALOG, "table/silver/purchases_by_file"),
        (table_dataset(CATALOG, "lake.gold.summary"), CATALOG, "table/gold/summary"),
        (table_dataset(CATALOG, "lake.gold.summary.branch_audit"), CATALOG, "table/gold/summary"),
        (postgres_dataset({"host": "h", "port": 5432, "dbname": "d"}, "t"), "postgres://h:5432", "d.public.t"),
    ],
)
def test_datasets_are_named_as_the_specification_says(dataset: Dataset, namespace: str, name: str) -> None:
    assert dataset.id == (namespace, name)
