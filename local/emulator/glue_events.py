"""The "Glue Job State Change" event that Glue puts on the default bus at a run's end."""

from __future__ import annotations

import json
import logging
from typing import Any

from ministack.services import eventbridge

logger = logging.getLogger("glue")

SEVERITIES = {"FAILED": "ERROR", "TIMEOUT": "WARN"}


def announce(run: dict[str, Any]) -> None:
    """Like AWS, best effort: an event that is lost does not change the run."""
    state = run["JobRunState"]
    detail = {
        "jobName": run["JobName"],
        "severity": SEVERITIES.get(state, "INFO"),
        "state": state,
        "jobRunId": run["Id"],
        "message": run.get("ErrorMessage") or f"Job run {state.lower()}",
    }
    entry = {"Source": "aws.glue", "DetailType": "Glue Job State Change", "Detail": json.dumps(detail)}
    try:
        eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
    except Exception:
        logger.exception("no state change event for run %s", run["Id"])
