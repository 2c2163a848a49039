"""S3's events name the object's version, as AWS's do: ministack 1.5.33 knows it and leaves it out of those to EventBridge."""

from __future__ import annotations

import contextvars
import json
from typing import Any

from ministack.services import eventbridge, s3

_version: contextvars.ContextVar[str | None] = contextvars.ContextVar("version of the object that an event is about")


def install() -> None:
    fire, dispatch = s3._fire_s3_event, eventbridge._dispatch_event

    def fire_s3_event(*arguments: Any, version_id: str | None = None, **named: Any) -> None:
        token = _version.set(version_id)
        try:
            fire(*arguments, version_id=version_id, **named)
        finally:
            _version.reset(token)

    def dispatch_event(event: dict[str, Any], *arguments: Any, **named: Any) -> Any:
        version = _version.get(None)
        if event.get("Source") == "aws.s3" and version:
            detail = json.loads(event["Detail"])
            detail["object"]["version-id"] = version
            event = {**event, "Detail": json.dumps(detail)}
        return dispatch(event, *arguments, **named)

    s3._fire_s3_event = fire_s3_event
    eventbridge._dispatch_event = dispatch_event
