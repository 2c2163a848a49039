"""MERGE as Redshift has it, which is less than PostgreSQL has."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp


def merge_faults(merge: exp.Merge) -> Iterator[str]:
    """Redshift's documented form: a table, a table, equality, one WHEN MATCHED, then one WHEN NOT MATCHED."""
    if merge.this.alias:
        yield "the target of merge takes no alias: use the table's name"
    if isinstance(merge.args["using"], exp.Subquery):
        yield "the source of merge must be a table: put the rows into a temporary one"
    whens = merge.args["whens"].expressions
    if [bool(when.args.get("matched")) for when in whens] != [True, False]:
        yield "merge needs exactly one when matched and then one when not matched"
    if any(when.args.get("condition") for when in whens):
        yield "merge has no when [not] matched and …"
    if any(when.args.get("source") for when in whens):
        yield "merge has no when not matched by source"
    for when in whens:
        yield from _action_faults(when)


def _action_faults(when: exp.When) -> Iterator[str]:
    action = when.args["then"]
    if when.args.get("matched"):
        if not (isinstance(action, exp.Update) or action.name.lower() == "delete"):
            yield "when matched takes update set … or delete"
    elif not isinstance(action, exp.Insert):
        yield "when not matched takes insert"


def give_values(merge: exp.Merge) -> None:
    """``insert values (…)``, which sqlglot takes for a list of columns, in the form that it writes right."""
    for when in merge.args["whens"].expressions:
        action = when.args["then"]
        listed = action.this if isinstance(action, exp.Insert) else None
        values = listed.expressions[0] if isinstance(listed, exp.Tuple) and listed.expressions else None
        if isinstance(values, exp.Anonymous) and values.name.lower() == "values":
            action.set("this", None)
            action.set("expression", exp.Tuple(expressions=[part.copy() for part in values.expressions]))
