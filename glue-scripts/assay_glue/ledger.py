"""The ledger item of a run, as far as the jobs write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import boto3

from assay_glue.assess import Assessment
from assay_glue.counts import RowCounts

MOST_FAILED = 10


class LedgerItem:
    """One run's item. The same words again change nothing."""

    def __init__(self, table: str, run_id: str) -> None:
        self._table = boto3.resource("dynamodb").Table(table)
        self._run_id = run_id

    def record_assessment(self, assessment: Assessment, samples: Sequence[Mapping[str, object]], header: Sequence[str]) -> None:
        """What was found in the file, before it is decided whether that is good enough."""
        scores = {
            name: {"passed": score.passed, "total": score.total, "threshold": score.threshold}
            for name, score in assessment.scores.items()
        }
        failed = [
            {"rule": rule.rule, "rows": rule.rows, **({"column": rule.column} if rule.column is not None else {})}
            for rule in assessment.failed_rules[:MOST_FAILED]
        ]
        found = {"failedRules": failed, "samples": list(samples), "header": list(header)}
        self._set({**found, "scores": scores} if scores else found)

    def record_counts(self, counts: RowCounts, note: str | None) -> None:
        """What became of the file's rows."""
        self._set({"rows": counts.as_dict(), **({"note": note} if note else {})})

    def _set(self, attributes: Mapping[str, Any]) -> None:
        self._table.update_item(
            Key={"id": self._run_id},
            UpdateExpression="set " + ", ".join(f"#{name} = :{name}" for name in attributes),
            ConditionExpression="attribute_exists(id)",
            ExpressionAttributeNames={f"#{name}": name for name in attributes},
            ExpressionAttributeValues={f":{name}": value for name, value in attributes.items()},
        )
