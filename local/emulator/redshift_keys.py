"""Indexes of PostgreSQL for what Redshift finds by a table's keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlglot import exp

from emulator.redshift_parser import Physical, PhysicalColumn

LONGEST_NAME = 63
# PostgreSQL refuses a row with more in an index; Redshift has no such limit for a key.
LONGEST_ENTRY = 2600
DEFAULT_LENGTH = 256
Columns = tuple[exp.Identifier, ...]


def indexes(create: exp.Create) -> list[str]:
    """One for the dist key, the sort key and the primary key each, as far as they differ; none for a temporary table."""
    if create.find(exp.TemporaryProperty):
        return []
    schema = create.this if isinstance(create.this, exp.Schema) else None
    table: exp.Table = schema.this if schema else create.this
    elements = schema.expressions if schema else []
    too_long = {one.name.lower(): _longest(one) for one in elements if isinstance(one, exp.ColumnDef)}
    keys: dict[tuple[str, ...], Columns] = {}
    for columns in (*_distribution(create, elements), *_order(create, elements), *_primary(elements)):
        names = tuple(column.name.lower() for column in columns)
        if columns and sum(too_long.get(name, 0) for name in names) <= LONGEST_ENTRY:
            keys.setdefault(names, columns)
    return [_index(table, columns) for columns in keys.values()]


def _index(table: exp.Table, columns: Columns) -> str:
    """Its name is made of what it is for, so that it is made once."""
    on = table.sql(dialect="postgres")
    listed = ", ".join(column.sql(dialect="postgres") for column in columns)
    mark = hashlib.sha256(f"{on} ({listed})".lower().encode()).hexdigest()[:8]
    stem = "_".join([table.name, *(column.name for column in columns)]).lower().replace('"', "")
    cut = stem.encode()[: LONGEST_NAME - len(mark) - 1].decode(errors="ignore")
    return f'create index if not exists "{cut}_{mark}" on {on} ({listed})'


def _distribution(create: exp.Create, elements: list[exp.Expr]) -> Iterator[Columns]:
    yield from _of_table(create, "distkey")
    for column in _marked(elements, "distkey"):
        yield (column,)


def _order(create: exp.Create, elements: list[exp.Expr]) -> Iterator[Columns]:
    yield from _of_table(create, "sortkey")
    yield tuple(_marked(elements, "sortkey"))


def _primary(elements: list[exp.Expr]) -> Iterator[Columns]:
    for element in elements:
        if isinstance(element, exp.ColumnDef) and element.find(exp.PrimaryKeyColumnConstraint):
            yield (element.this,)
        key = element if isinstance(element, exp.PrimaryKey) else None
        key = element.find(exp.PrimaryKey) if isinstance(element, exp.Constraint) else key
        if key:
            yield tuple(key.expressions)


def _of_table(create: exp.Create, kind: str) -> Iterator[Columns]:
    for one in create.find_all(Physical):
        if one.name == kind:
            yield tuple(one.expressions)


def _marked(elements: list[exp.Expr], kind: str) -> Iterator[exp.Identifier]:
    for element in elements:
        if any(one.args.get("key") == kind for one in element.find_all(PhysicalColumn)):
            yield element.this


def _longest(column: exp.ColumnDef) -> int:
    """Bytes of a text, 0 for what is short in any case."""
    kind = column.kind
    if kind is None or not kind.is_type(*exp.DataType.TEXT_TYPES):
        return 0
    length = kind.expressions[0].name.lower() if kind.expressions else str(DEFAULT_LENGTH)
    return int(length) if length.isdecimal() else LONGEST_ENTRY + 1
