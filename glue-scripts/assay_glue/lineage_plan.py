"""A DataFrame's analysed plan, fetched from Spark in one piece: operators, their expressions, the tables at the leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame

# Operators whose rows are made by Python: what they do to a column cannot be seen.
OPAQUE = ("PythonMapInArrow", "MapInArrow", "MapInPandas", "LogicalRDD", "LocalRelation")
LEFT_ONLY = ("LeftSemi", "LeftAnti")


@dataclass(frozen=True, eq=False)
class Node:
    """An operator or an expression: its class, its constructor's arguments and what it is made of."""

    kind: str
    fields: Mapping[str, Any]
    children: tuple[Node, ...]

    @property
    def id(self) -> int:
        """The exprId of a named expression."""
        number: int = self.fields["exprId"]["id"]
        return number

    def trees(self, field: str) -> list[Node]:
        """The expressions of one of the constructor's arguments."""
        return list(_trees(self.fields.get(field)))

    def expressions(self) -> Iterator[Node]:
        for value in self.fields.values():
            yield from _trees(value)


def plan_of(frame: DataFrame) -> tuple[Node, dict[Node, str]]:
    """The plan's root, and of each leaf that is stored somewhere the table's name or the files' place.

    A plan has hundreds of expressions and each question to the JVM costs a round trip: so the whole comes as JSON.
    """
    analysed = frame._jdf.queryExecution().analyzed()
    root = parse_tree(json.loads(analysed.toJSON()))
    stored = [_stored_at(leaf) for leaf in _items(analysed.collectLeaves())]
    return root, {leaf: place for leaf, place in zip(_leaves(root), stored, strict=True) if place is not None}


def parse_tree(flat: Sequence[Mapping[str, Any]]) -> Node:
    """The tree of which Spark's ``TreeNode.toJSON`` lists the nodes, parents before children."""
    listed = iter(flat)

    def build() -> Node:
        fields = next(listed)
        children = tuple(build() for _ in range(fields["num-children"]))
        return Node(fields["class"].rsplit(".", 1)[-1], fields, children)

    return build()


def output_of(node: Node) -> list[Node]:
    """The columns of an operator, in order: attributes and aliases."""
    for field in ("projectList", "aggregateExpressions", "output"):
        if field in node.fields:
            return node.trees(field)
    if node.kind == "Join":
        left, right = node.children
        is_left_only = str(node.fields["joinType"]).rstrip("$'}").endswith(LEFT_ONLY)
        return output_of(left) if is_left_only else output_of(left) + output_of(right)
    if node.kind == "WithCTE":
        return output_of(node.children[-1])  # the definitions come before the query
    # Windows and generators add columns; the analyser always puts a projection, which names them, upon these.
    return output_of(node.children[0]) if node.children else []


def _trees(value: Any) -> Iterator[Node]:
    if not isinstance(value, list) or not value:
        return
    if isinstance(value[0], dict) and "num-children" in value[0]:
        yield parse_tree(value)
        return
    for item in value:
        yield from _trees(item)


def _leaves(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _stored_at(leaf: Any) -> str | None:
    """``catalog.database.table`` of a table, the root of files, None for rows that are only in Spark."""
    kind = leaf.getClass().getSimpleName()
    if kind == "DataSourceV2Relation":
        name: str = leaf.table().name()
        return name
    if kind == "LogicalRelation":
        roots = _items(leaf.relation().location().rootPaths())
        return str(roots[0].toString()) if roots else None
    return None


def _items(scala_seq: Any) -> list[Any]:
    return [scala_seq.apply(index) for index in range(scala_seq.size())]
