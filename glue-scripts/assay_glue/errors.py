"""Errors that end a job, in the form the state machine understands.

A message starts with ``[Terminal] Name: `` or ``[Transient] Name: ``: the machine retries the second kind only, and
reports the name and the cause of either. Whatever else ends a job (a killed container, no memory left) has no such
prefix and counts as transient. The names are those of ``contracts/errors.ts``; a test compares the two.
"""

from __future__ import annotations


class JobError(Exception):
    """An error with a name of ours."""

    kind = "Terminal"

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"[{self.kind}] {name}: {cause}")
        self.name = name
        self.cause = cause


class TerminalError(JobError):
    """A repetition cannot help: the file, the contract or the data is at fault."""


class TransientError(JobError):
    """A repetition may help: another writer, a lost connection."""

    kind = "Transient"
