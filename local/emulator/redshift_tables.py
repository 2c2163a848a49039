"""Tables of Redshift as PostgreSQL's: types, identity columns; without what is storage or is not enforced in Redshift.

Primary, foreign and unique keys are informational in Redshift. They are left out, so that nothing on the laptop relies on
what AWS does not do; NOT NULL is enforced in both. ``varchar(n)`` counts bytes in Redshift and characters in PostgreSQL:
COPY checks the bytes, INSERT does not. Identity values may have gaps in both, and need not be consecutive in Redshift.

Redshift finds rows by the zone maps of the sort key and joins by the dist key without moving rows; PostgreSQL would read
the whole table. So that times on the laptop mean something, each of these keys is an index there, and so is the primary
key, of which Redshift's planner is told: plain ones, which enforce nothing. Temporary tables have none, nor has a key of
texts that are too long for PostgreSQL's indexes. An index of a table that is renamed keeps the name made of the old one.
"""

from __future__ import annotations

from sqlglot import exp

from emulator.redshift_calls import NotTranslated
from emulator.redshift_keys import indexes
from emulator.redshift_parser import NotRedshift, Physical, PhysicalColumn, SeededIdentity

T = exp.DataType.Type
SAME = {
    *(T.SMALLINT, T.INT, T.BIGINT, T.DECIMAL, T.FLOAT, T.DOUBLE, T.BOOLEAN, T.CHAR, T.VARCHAR, T.TEXT, T.DATE),
    *(T.TIMESTAMP, T.TIMESTAMPTZ, T.TIME, T.TIMETZ, T.NCHAR, T.NVARCHAR, T.BPCHAR),
}
NOT_HERE = {T.SUPER, T.VARBINARY, T.GEOMETRY, T.GEOGRAPHY, T.HLLSKETCH, T.INTERVAL}
LARGEST_VARCHAR = 16_777_216
DEFAULT_VARCHAR = 256
# PostgreSQL has no varchar so long; as text it takes any.
MAX_HERE = 10_485_760
INFORMATIONAL = (exp.PrimaryKeyColumnConstraint, exp.UniqueColumnConstraint, exp.Reference, PhysicalColumn)
INFORMATIONAL_TABLE = (exp.PrimaryKey, exp.ForeignKey, exp.UniqueColumnConstraint)


def rewrite_types(tree: exp.Expr) -> None:
    """Every type in the tree, in place."""
    for node in list(tree.find_all(exp.DataType)):
        if node.this in NOT_HERE and not isinstance(node.parent, exp.Interval):
            raise NotTranslated(f"type {node.this.value.lower()}")
        if node.this == T.DECIMAL and not node.expressions:
            node.set("expressions", [exp.DataTypeParam(this=exp.Literal.number(n)) for n in (18, 0)])
        in_column = isinstance(node.parent, exp.ColumnDef)
        if node.this in (T.VARCHAR, T.TEXT, T.NVARCHAR):
            node.replace(_varchar(node, default=DEFAULT_VARCHAR if in_column else None))


def type_fault(node: exp.DataType) -> str | None:
    """Why Redshift would refuse the type; None if it would not."""
    if node.this not in SAME | NOT_HERE:
        return f'type "{node.sql(dialect="postgres").lower()}" does not exist'
    return None


def _varchar(node: exp.DataType, default: int | None) -> exp.DataType:
    length = node.expressions[0].name.lower() if node.expressions else default
    if length is None or length == "max" or int(length) > MAX_HERE:
        if length not in (None, "max") and int(str(length)) > LARGEST_VARCHAR:
            raise NotRedshift(f"length for type varchar cannot exceed {LARGEST_VARCHAR}")
        return exp.DataType.build("varchar")
    return exp.DataType.build(f"varchar({length})")


def rewrite_create_table(create: exp.Create) -> None:
    """In place: columns and properties of CREATE TABLE, with or without AS."""
    properties = create.args.get("properties")
    kept = [one for one in (properties.expressions if properties else []) if not isinstance(one, Physical)]
    for one in kept:
        if not isinstance(one, (exp.TemporaryProperty, exp.LikeProperty)):
            raise NotTranslated(f"{one.sql(dialect='postgres').lower()} of create table")
    create.set("properties", exp.Properties(expressions=kept) if kept else None)
    schema = create.this
    if not isinstance(schema, exp.Schema):
        return
    schema.set("expressions", [one for one in schema.expressions if not _is_informational(one)])
    for column in schema.expressions:
        if isinstance(column, exp.ColumnDef):
            rewrite_column(column)


def statements_after(tree: exp.Expr) -> list[str]:
    """What Redshift does on its own: keys, and it analyzes a table made by a query, without which joins go wrong here."""
    if not isinstance(tree, exp.Create) or str(tree.args.get("kind")).upper() != "TABLE":
        return []
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    return indexes(tree) + ([f"analyze {table.sql(dialect='postgres')}"] if tree.expression else [])


def _is_informational(element: exp.Expr) -> bool:
    if isinstance(element, exp.Constraint):
        return all(isinstance(one, INFORMATIONAL_TABLE) for one in element.expressions)
    return isinstance(element, INFORMATIONAL_TABLE)


def rewrite_column(column: exp.ColumnDef) -> None:
    kept = []
    for constraint in column.args.get("constraints") or []:
        kind = constraint.kind
        if isinstance(kind, INFORMATIONAL):
            continue
        if isinstance(kind, exp.CollateColumnConstraint):
            raise NotTranslated(f"collate of column {column.name}")
        if isinstance(kind, exp.GeneratedAsIdentityColumnConstraint):
            kept.append(exp.ColumnConstraint(kind=_identity(kind)))
            continue
        if not isinstance(kind, (exp.NotNullColumnConstraint, exp.DefaultColumnConstraint)):
            raise NotTranslated(f"{kind.sql(dialect='postgres').lower()} of column {column.name}")
        kept.append(constraint)
    column.set("constraints", kept)


def _identity(kind: exp.GeneratedAsIdentityColumnConstraint) -> exp.Expr:
    return exp.GeneratedAsIdentityColumnConstraint(
        this=isinstance(kind, SeededIdentity), start=kind.args.get("start"), increment=kind.args.get("increment")
    )
