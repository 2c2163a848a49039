"""Which columns of which datasets a DataFrame's columns come from, by Spark's analysed plan.

Types and subtypes are those of OpenLineage's column lineage facet. What the plan does not say is left out: scalar
subqueries, and whatever a ``localCheckpoint`` or Python code hides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from pyspark.sql import DataFrame

from assay_glue.lineage_datasets import Dataset
from assay_glue.lineage_plan import OPAQUE, Node, output_of, plan_of

# From the weakest change to the strongest: of two on the way the stronger one is told.
DIRECT = ("IDENTITY", "TRANSFORMATION", "AGGREGATION")
# Expressions that hand out one of their arguments as it is: a field of their result is a field of that argument.
CHOOSING = ("Max", "Min", "First", "Last", "AnyValue", "Coalesce", "Cast")
# Operators that decide which rows there are, by the argument that decides.
DECIDING = {
    "Filter": ("condition", "FILTER"),
    "Join": ("condition", "JOIN"),
    "Aggregate": ("groupingExpressions", "GROUP_BY"),
    "Sort": ("order", "SORT"),
}


class InputField(NamedTuple):
    """A column of a dataset that is read."""

    namespace: str
    name: str
    field: str


# How each input column is used: (DIRECT, IDENTITY), (INDIRECT, FILTER) …
Uses = dict[InputField, set[tuple[str, str]]]


@dataclass(frozen=True)
class ColumnLineage:
    """Per output column the input columns it is made of; those that decide about rows as such; all inputs."""

    columns: Mapping[str, Uses]
    rows: Uses
    inputs: tuple[Dataset, ...]


def column_lineage(frame: DataFrame, dataset_at: Callable[[str], Dataset], file: Dataset | None = None) -> ColumnLineage:
    """``dataset_at`` names what is stored at a place; ``file`` is what Python code read, its columns keep their names."""
    root, places = plan_of(frame)
    datasets = {leaf: dataset_at(place) for leaf, place in places.items()}
    origins = _Origins(root, datasets, file)
    columns = {column.fields["name"]: origins.of(column) for column in output_of(root)}
    inputs = {dataset.id: dataset.with_columns(_columns(leaf)) for leaf, dataset in datasets.items()}
    return ColumnLineage(columns, origins.of_rows, tuple(inputs.values()))


def _columns(leaf: Node) -> tuple[tuple[str, str], ...]:
    return tuple((column.fields["name"], _type_name(column.fields["dataType"])) for column in output_of(leaf))


def _type_name(data_type: object) -> str:
    return data_type if isinstance(data_type, str) else str(data_type["type"]) if isinstance(data_type, dict) else "unknown"


def _merged(many: Iterable[Uses]) -> Uses:
    merged: Uses = {}
    for uses in many:
        for field, ways in uses.items():
            merged.setdefault(field, set()).update(ways)
    return merged


def _at_least(uses: Uses, subtype: str) -> Uses:
    """The uses after a step that changes values in this way."""
    return {
        field: {(kind, max(way, subtype, key=DIRECT.index) if kind == "DIRECT" else way) for kind, way in ways}
        for field, ways in uses.items()
    }


def _indirect(uses: Uses, subtype: str) -> Uses:
    return {field: {("INDIRECT", subtype)} for field in uses}


class _Origins:
    """Follows expressions through aliases and attributes down to the columns of datasets.

    A ``path`` is the way into nested structs that is asked for, as positions: ``max(struct(a, b)).b`` is made of b.
    A ``scope`` is a part of the plan in which an attribute's id means one thing: a union's columns have the ids of
    its first part's, and what is above the union must not leak into that part.
    """

    def __init__(self, root: Node, datasets: Mapping[Node, Dataset], file: Dataset | None) -> None:
        self._datasets = datasets
        self._file = file
        self._scopes = count(1)
        self._made_of: defaultdict[tuple[int, int], list[tuple[int, Node]]] = defaultdict(list)
        self._columns: dict[tuple[int, int], InputField] = {}
        self._common: dict[int, tuple[int, list[Node]]] = {}
        self._known: dict[tuple[int, int, tuple[int, ...]], Uses] = {}
        self._deciding: list[tuple[int, Node, str]] = []
        self._enter(root, 0)
        self.of_rows = _merged(_indirect(self.of(node, scope), subtype) for scope, node, subtype in self._deciding)

    def of(self, node: Node, scope: int = 0, path: tuple[int, ...] = ()) -> Uses:
        first, *others = node.children or (node,)
        match node.kind:
            case "AttributeReference":
                return self._of_attribute(node.id, scope, path)
            case "Alias":
                return self.of(first, scope, path)
            case "GetStructField":
                return self.of(first, scope, (node.fields["ordinal"], *path))
            case "CreateNamedStruct" if path:
                return self.of(node.children[2 * path[0] + 1], scope, path[1:])  # names and values take turns
            case "If" | "CaseWhen":
                return self._of_choice(node.children, scope, path)
            case "AggregateExpression":
                filters = (_indirect(self.of(child, scope), "FILTER") for child in others)
                return _merged([_at_least(self.of(first, scope, path), "AGGREGATION"), *filters])
            case "WindowExpression":
                return _merged([self.of(first, scope, path), _indirect(self.of(others[0], scope), "WINDOW")])
        rest = path if node.kind in CHOOSING else ()
        return _at_least(_merged(self.of(child, scope, rest) for child in node.children), "TRANSFORMATION")

    def _of_choice(self, children: tuple[Node, ...], scope: int, path: tuple[int, ...]) -> Uses:
        """Of conditions and values by turns, perhaps with a last value for when no condition holds."""
        pairs = len(children) // 2 * 2
        is_condition = [index < pairs and index % 2 == 0 for index in range(len(children))]
        return _merged(
            _indirect(self.of(child, scope), "CONDITIONAL")
            if decides
            else _at_least(self.of(child, scope, path), "TRANSFORMATION")
            for child, decides in zip(children, is_condition, strict=True)
        )

    def _of_attribute(self, id: int, scope: int, path: tuple[int, ...]) -> Uses:
        if (scope, id, path) not in self._known:
            here: Uses = {self._columns[scope, id]: {("DIRECT", "IDENTITY")}} if (scope, id) in self._columns else {}
            made_of = self._made_of[scope, id]
            self._known[scope, id, path] = _merged([here, *(self.of(node, inner, path) for inner, node in made_of)])
        return self._known[scope, id, path]

    def _enter(self, node: Node, scope: int) -> None:
        scopes = [next(self._scopes) if node.kind == "Union" else scope for _ in node.children]
        for child, inner in zip(node.children, scopes, strict=True):
            self._enter(child, inner)
        if node in self._datasets:
            self._enter_columns(node, scope, self._datasets[node], [column.fields["name"] for column in output_of(node)])
        elif node.kind in OPAQUE and self._file is not None:
            self._enter_columns(node, scope, self._file, [name for name, _ in self._file.columns])
        self._enter_made(node, scope, scopes)
        for alias in (expression for expression in node.expressions() if expression.kind == "Alias"):
            self._made_of[scope, alias.id].append((scope, alias.children[0]))
        field, subtype = DECIDING.get(node.kind, ("", ""))
        self._deciding.extend((scope, expression, subtype) for expression in node.trees(field))

    def _enter_columns(self, node: Node, scope: int, dataset: Dataset, names: Sequence[str]) -> None:
        for column in output_of(node):
            if column.fields["name"] in names:
                self._columns[scope, column.id] = InputField(*dataset.id, column.fields["name"])

    def _enter_made(self, node: Node, scope: int, scopes: Sequence[int]) -> None:
        match node.kind:
            case "CTERelationDef":
                self._common[node.fields["id"]] = (scope, output_of(node.children[0]))
            case "CTERelationRef":
                self._enter_copies(node, scope, *self._common[node.fields["cteId"]])
            case "Union":
                for child, inner in zip(node.children, scopes, strict=True):
                    self._enter_copies(node, scope, inner, output_of(child))
            case "Generate":
                for made in node.trees("generatorOutput"):
                    self._made_of[scope, made.id] += [(scope, generator) for generator in node.trees("generator")]

    def _enter_copies(self, node: Node, scope: int, inner: int, originals: Sequence[Node]) -> None:
        for copy, original in zip(output_of(node), originals, strict=True):
            if (scope, copy.id) != (inner, original.id):
                attribute = Node("AttributeReference", original.fields, ())
                self._made_of[scope, copy.id].append((inner, attribute))
