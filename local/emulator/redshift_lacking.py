"""What PostgreSQL would take and Redshift lacks, found in a parsed statement, each with a reason of one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp

from emulator.redshift_functions import KEPT, LACKING, NOT_HERE, REWRITTEN, named
from emulator.redshift_merge import merge_faults
from emulator.redshift_tables import type_fault

CLAUSES: dict[type[exp.Expr], str] = {
    exp.OnConflict: "Redshift has no on conflict: use merge",
    exp.Returning: "Redshift has no returning",
    exp.Filter: "Redshift has no filter (where …): use case inside the aggregate",
    exp.NullSafeEQ: "Redshift has no is not distinct from: compare hashes, or the values and whether they are null",
    exp.NullSafeNEQ: "Redshift has no is distinct from: compare hashes, or the values and whether they are null",
    exp.Lateral: "Redshift has no lateral",
    exp.Unnest: "Redshift has no unnest() of PostgreSQL's arrays",
    exp.Array: "Redshift has no arrays of PostgreSQL's kind",
    exp.JSONExtract: "Redshift has no -> operator",
    exp.JSONExtractScalar: "Redshift has no ->> operator",
    exp.JSONBExtract: "Redshift has no #> operator",
    exp.JSONBExtractScalar: "Redshift has no #>> operator",
    exp.JSONBContains: "Redshift has no ? operator",
    exp.ArrayContainsAll: "Redshift has no @> operator",
    exp.RegexpILike: "Redshift has no ~* operator: lower() both sides",
    exp.Fetch: "Redshift has no fetch first: use limit",
    exp.TableSample: "Redshift has no tablesample",
    exp.Lock: "Redshift has no select … for update: use lock",
    exp.CheckColumnConstraint: "Redshift has no check constraints",
    exp.WithDataProperty: "Redshift has no with [no] data",
    exp.OnCommitProperty: "Redshift has no on commit",
    exp.InheritsProperty: "Redshift has no inherits",
    exp.PartitionedByProperty: "Redshift's tables have no partitions",
    exp.UnloggedProperty: "Redshift has no unlogged tables",
    exp.CurrentTime: "Redshift has no current_time: use getdate()",
    exp.Localtime: "Redshift has no localtime: use getdate()",
    exp.Localtimestamp: "Redshift has no localtimestamp: use getdate()",
    exp.CurrentSchema: LACKING["current_schema"],
}
# Redshift takes a frame with these alone, and wants one where they have an order.
FRAMED = named(
    "any_value avg bool_and bool_or count first_value last_value max min nth_value stddev stddev_pop stddev_samp sum"
    " var_pop var_samp variance"
)
KINDS = {"TABLE", "VIEW", "SCHEMA", "PROCEDURE", "FUNCTION", "DATABASE"}


def lacking(tree: exp.Expr) -> Iterator[str]:
    """All that is wrong with the statement; nothing for one that Redshift takes."""
    for clause, words in CLAUSES.items():
        if tree.find(clause):
            yield words
    for node in tree.walk():
        for kind, check in CHECKS.items():
            if isinstance(node, kind):
                yield from check(node)


def _function(call: exp.Anonymous) -> Iterator[str]:
    name = call.name.lower()
    if name in LACKING:
        yield LACKING[name]
    elif name not in KEPT | REWRITTEN | NOT_HERE:
        yield f"{name}() is not a function that Redshift is known to have (local/emulator/redshift_functions.py)"
    if any(isinstance(argument, exp.Order) for argument in call.expressions):
        yield f"Redshift has no order by inside {name}(): use within group"


def _window(window: exp.Window) -> Iterator[str]:
    function = window.this
    name = (function.this if isinstance(function, exp.WithinGroup) else function).name.lower()
    spec = window.args.get("spec")
    if window.args.get("alias"):
        yield "Redshift has no named windows: write the window where it is used"
    elif window.args.get("order") and name in FRAMED and spec is None:
        yield f"{name}() over (… order by …): Aggregate window functions with an ORDER BY clause require a frame clause"
    if spec is not None and str(spec.args.get("kind")).upper() != "ROWS":
        yield f"Redshift has no window frames of {str(spec.args.get('kind')).lower()}: use rows"


def _select(select: exp.Select) -> Iterator[str]:
    distinct = select.args.get("distinct")
    if distinct is not None and distinct.args.get("on"):
        yield "Redshift has no distinct on: number the rows and take the first"
    if select.args.get("windows"):
        yield "Redshift has no window clause"


def _timestamp(node: exp.CurrentTimestamp) -> Iterator[str]:
    if not node.args.get("sysdate"):
        yield "Redshift has no current_timestamp: use getdate() or sysdate"


def _values(values: exp.Values) -> Iterator[str]:
    if not isinstance(values.parent, exp.Insert):
        yield "Redshift has values in insert alone: use select … union all"


def _cte(cte: exp.CTE) -> Iterator[str]:
    if not isinstance(cte.this, exp.Query):
        yield f"Redshift has no {cte.this.key} in a cte: a cte is a query"
    if cte.args.get("materialized") is not None:
        yield "Redshift has no [not] materialized for a cte"


def _if(node: exp.If) -> Iterator[str]:
    if not isinstance(node.parent, exp.Case):
        yield "Redshift has no if(): use case"


def _type(node: exp.DataType) -> Iterator[str]:
    fault = type_fault(node)
    if fault and not isinstance(node.parent, exp.Interval):
        yield fault


def _create(create: exp.Create) -> Iterator[str]:
    kind = str(create.args.get("kind")).upper()
    if kind not in KINDS:
        yield f"Redshift has no create {kind.lower()}"
    if kind == "TABLE" and create.args.get("replace"):
        yield "Redshift has no create or replace table"
    if kind == "VIEW" and create.args.get("exists"):
        yield "Redshift has no create view if not exists: use create or replace view"


def _identity(kind: exp.GeneratedAsIdentityColumnConstraint) -> Iterator[str]:
    if kind.this:
        yield "Redshift has no generated always: use identity(1, 1) or generated by default as identity(1, 1)"


def _alter(alter: exp.Alter) -> Iterator[str]:
    actions = alter.args.get("actions") or []
    if len(actions) > 1:
        yield "Redshift's alter table takes one change at a time"
    for action in actions:
        if isinstance(action, exp.AlterColumn) and not action.args.get("dtype"):
            yield "Redshift's alter column changes the type or the encoding alone"
        if isinstance(action, (exp.ColumnDef, exp.Drop)) and action.args.get("exists"):
            yield "Redshift has no if [not] exists for a column"


def _drop(drop: exp.Drop) -> Iterator[str]:
    kind = str(drop.args.get("kind")).upper()
    if kind not in {*KINDS, "COLUMN", "CONSTRAINT"}:
        yield f"Redshift has no drop {kind.lower()}"


def _insert(insert: exp.Insert) -> Iterator[str]:
    if insert.args.get("alias") or (isinstance(insert.this, exp.Table) and insert.this.alias):
        yield "the target of insert takes no alias"
    if insert.args.get("with_"):
        yield "Redshift has no with … before insert: write it after insert into …"


def _delete(delete: exp.Delete) -> Iterator[str]:
    if isinstance(delete.this, exp.Table) and delete.this.alias:
        yield "the target of delete takes no alias: use the table's name"


CHECKS: dict[type[exp.Expr], Callable[..., Iterator[str]]] = {
    exp.Anonymous: _function,
    exp.Window: _window,
    exp.Select: _select,
    exp.CurrentTimestamp: _timestamp,
    exp.Values: _values,
    exp.CTE: _cte,
    exp.If: _if,
    exp.DataType: _type,
    exp.Create: _create,
    exp.GeneratedAsIdentityColumnConstraint: _identity,
    exp.Alter: _alter,
    exp.Drop: _drop,
    exp.Insert: _insert,
    exp.Delete: _delete,
    exp.Merge: merge_faults,
}
