"""Where lineage events are kept: one object each, a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

# A job must not wait for its lineage for minutes, which is what the client's own defaults come to.
PATIENCE = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 2})


def store_event(place: str, event: Mapping[str, Any]) -> None:
    """Writes the event to ``s3://bucket/key`` or to a file of this machine."""
    line = json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n"
    if place.startswith("s3://"):
        bucket, _, key = place.removeprefix("s3://").partition("/")
        client = boto3.client("s3", config=PATIENCE)
        client.put_object(Bucket=bucket, Key=key, Body=line.encode(), ContentType="application/x-ndjson")
        return
    path = Path(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line, encoding="utf-8")
