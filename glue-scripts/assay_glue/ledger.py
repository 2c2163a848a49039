"""The ledger item of a run, as far as the jobs write it."""

from __future__ import annotations

import boto3

from assay_glue.counts import RowCounts


def record_counts(table: str, run_id: str, counts: RowCounts) -> None:
    """Writes what became of the file's rows. The same counts again change nothing."""
    boto3.resource("dynamodb").Table(table).update_item(
        Key={"id": run_id},
        UpdateExpression="set #rows = :rows",
        ConditionExpression="attribute_exists(id)",
        ExpressionAttributeNames={"#rows": "rows"},
        ExpressionAttributeValues={":rows": counts.as_dict()},
    )
