"""``AWS::Glue::DataQualityRuleset`` in templates, which ministack 1.5.33 does not know: a name and nothing behind it."""

from __future__ import annotations

from typing import Any

from ministack.services.cloudformation import provisioners


def install() -> None:
    provisioners._RESOURCE_HANDLERS["AWS::Glue::DataQualityRuleset"] = {"create": _create, "delete": _delete}


def _create(logical_id: str, properties: dict[str, Any], stack: str) -> tuple[str, dict[str, str]]:
    return properties.get("Name", f"{stack}-{logical_id}"), {}


def _delete(name: str, properties: dict[str, Any]) -> None:
    """Nothing is there to delete."""
