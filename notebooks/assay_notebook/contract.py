"""What of a dataset's contract the profile needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from assay_notebook.command_line import PROJECT

NUMBER, MOMENT, TEXT, BOOLEAN = "number", "moment", "text", "boolean"
KINDS = {"integer": NUMBER, "number": NUMBER, "date": MOMENT, "timestamp": MOMENT, "string": TEXT, "boolean": BOOLEAN}
NOT_TO_BE_SHOWN = {"personal", "confidential", "restricted"}


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    # Its values are counted and measured, never shown.
    is_private: bool = False


def contract_text(dataset: str, folder: Path = PROJECT / "contracts") -> str:
    return (folder / f"{dataset}.odcs.yaml").read_text()


def columns_of(contract: str) -> list[Column]:
    """Of the first object of a contract, which is the dataset; the others are its models."""
    properties = yaml.safe_load(contract)["schema"][0]["properties"]
    return [
        Column(each["name"], KINDS.get(each["logicalType"], TEXT), each.get("classification") in NOT_TO_BE_SHOWN)
        for each in properties
    ]
