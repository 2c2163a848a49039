"""``faults(sql)``: why a real Redshift would not take a statement, as far as it can be told without one.

It parses with sqlglot's Redshift dialect, then looks for what Redshift lacks. What it cannot see: correlated subqueries that
Redshift does not decorrelate, system tables joined with own ones, lengths in bytes, numeric overflow, privileges.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from emulator.redshift_calls import NotTranslated
from emulator.redshift_commands import command
from emulator.redshift_copy_command import read_copy
from emulator.redshift_lacking import lacking
from emulator.redshift_parser import DocumentedRedshift, NotRedshift, parse
from emulator.redshift_procedures import is_procedure, procedure_faults

ABSENT = re.compile(
    r"create\s+(or\s+replace\s+)?(unique\s+)?(?P<what>index|trigger|type|domain|sequence|extension|rule|aggregate|operator)\b"
    r"|create\s+(?P<event>event\s+trigger)\b|(?P<do>do)\s+\$\$|(?P<listen>listen|notify)\b|(?P<reindex>reindex|cluster)\b",
    re.IGNORECASE,
)


def faults(sql: str) -> list[str]:
    """One line a fault; none for what Redshift is expected to take. ``sql`` may hold several statements."""
    try:
        statements = list(_statements(sql))
    except SqlglotError as error:
        return [f"syntax error: {error}"]
    return [fault for text in statements for fault in _faults(text)]


def _statements(sql: str) -> Iterator[str]:
    start: int | None = None
    end = 0
    for token in DocumentedRedshift().tokenize(sql):
        if token.token_type == TokenType.SEMICOLON:
            if start is not None:
                yield sql[start:end]
            start = None
        else:
            start = token.start if start is None else start
            end = token.end + 1
    if start is not None:
        yield sql[start:end]


def _faults(text: str) -> list[str]:
    absent = ABSENT.match(text)
    if absent:
        return [f"Redshift has no {absent.group().lower()}"]
    if is_procedure(text):
        return procedure_faults(text, _faults)
    try:
        if re.match(r"copy\b", text, re.IGNORECASE):
            read_copy(text)
            return []
        if command(text) is not None:
            return []
        tree = parse(re.sub(r"^explain\s+", "", text, flags=re.IGNORECASE))
    except NotTranslated:
        # Redshift's, though not the laptop's.
        return []
    except NotRedshift as error:
        return [str(error)]
    if isinstance(tree, exp.Command):
        return [f"{str(tree.this).lower()} {str(tree.expression or '').strip()[:40]}…: not known to be Redshift's"]
    return list(dict.fromkeys(lacking(tree)))


if __name__ == "__main__":
    found = faults(sys.stdin.read())
    print("\n".join(found))
    sys.exit(1 if found else 0)
