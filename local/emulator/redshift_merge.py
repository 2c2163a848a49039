"""MERGE as Redshift has it, which is less than PostgreSQL has."""

from __future__ import annotations

import re

from sqlglot import exp

from emulator.redshift_calls import NotTranslated
from emulator.redshift_parser import NotRedshift


def without_duplicates(text: str) -> exp.Expr | None:
    """``merge … remove duplicates`` is refused by name; None for any other statement."""
    if re.fullmatch(r"merge\s.*\bremove\s+duplicates", text, re.IGNORECASE | re.DOTALL):
        raise NotTranslated("merge … remove duplicates")
    return None


def check(merge: exp.Merge) -> None:
    """NotRedshift for what PostgreSQL would take; one INSERT without columns gets the form that PostgreSQL takes."""
    if merge.this.alias:
        raise NotRedshift("the target of merge takes no alias: use the table's name")
    if isinstance(merge.args["using"], exp.Subquery):
        raise NotRedshift("the source of merge must be a table: put the rows into a temporary one")
    whens = merge.args["whens"].expressions
    if [bool(when.args.get("matched")) for when in whens] != [True, False]:
        raise NotRedshift("merge needs exactly one when matched and then one when not matched")
    for when in whens:
        if when.args.get("condition"):
            raise NotRedshift("merge knows no when [not] matched and …")
        _check_action(when)


def _check_action(when: exp.When) -> None:
    action = when.args["then"]
    if when.args.get("matched"):
        if not (isinstance(action, exp.Update) or action.name.lower() == "delete"):
            raise NotRedshift("when matched takes update set … or delete")
        return
    if not isinstance(action, exp.Insert):
        raise NotRedshift("when not matched takes insert")
    if isinstance(action.this, exp.Values) or action.expression is None:
        raise NotTranslated("merge with insert values without a list of columns")
