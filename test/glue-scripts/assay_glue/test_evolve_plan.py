"""What a table must become, from what it is and what the contract says: decided before anything is changed."""

from __future__ import annotations

import pytest

from assay_glue.document import TableColumn
from assay_glue.evolve import Changes, changes_needed, unmet_needs


def wanted(**types: str) -> list[TableColumn]:
    return [TableColumn(name, type_name, "old" if name == "new" else None) for name, type_name in types.items()]


def test_changes_are_those_that_iceberg_can_do() -> None:
    present = {"a": "int", "b": "decimal(10,2)", "c": "int", "old": "decimal(5,0)", "gone": "string"}
    columns = wanted(a="smallint", b="decimal(12,2)", c="bigint", new="decimal(6,0)", d="array<struct<x:int>>")
    assert changes_needed(present, columns) == Changes(
        renamed={"old": "new"},
        widened={"b": "decimal(12,2)", "c": "bigint", "old": "decimal(6,0)"},
        added={"d": "array<struct<x:int>>"},
    )
    assert not changes_needed({"new": "int", "old": "int"}, wanted(new="int"))


@pytest.mark.parametrize(
    "before, after",
    [
        ("bigint", "int"),
        ("decimal(10,2)", "decimal(12,3)"),
        ("decimal(10,2)", "decimal(9,2)"),
        ("string", "int"),
        ("int", "string"),
    ],
)
def test_any_other_change_of_a_type_is_refused(before: str, after: str) -> None:
    assert changes_needed({"a": before}, wanted(a=after)).faults == [f"column a is {before} and cannot become {after}"]


def test_an_earlier_contract_may_write_where_the_table_has_more() -> None:
    assert unmet_needs({"a": "bigint", "b": "decimal(12,2)", "c": "string"}, wanted(a="int", b="decimal(10,2)")) == []
    assert unmet_needs({"a": "int"}, wanted(a="bigint", b="int")) == ["there is no column b", "column a is int, not bigint"]
