"""What Redshift would say of an error; never with values of rows, which PostgreSQL has in its details."""

from __future__ import annotations

import psycopg
from psycopg import errors

from emulator.redshift_calls import NotTranslated
from emulator.redshift_copy import CopyFailed
from emulator.redshift_parser import NotRedshift
from emulator.redshift_results import ResultTooLarge
from emulator.redshift_session import NoSuchDatabase

OWN = (NotRedshift, NotTranslated, CopyFailed, ResultTooLarge)


def words(error: Exception) -> str | None:
    """The text for ``Error`` of DescribeStatement; None for an error that nobody foresaw."""
    if isinstance(error, OWN):
        return f"ERROR: {error}"
    if isinstance(error, NoSuchDatabase):
        return f"FATAL: {error}"
    if not isinstance(error, psycopg.Error):
        return None
    said = error.diag
    if isinstance(error, errors.NotNullViolation):
        return f"ERROR: Cannot insert a NULL value into column {said.column_name}"
    if isinstance(error, errors.SerializationFailure):
        return "ERROR: 1023\n  Detail: Serializable isolation violation on a table: another transaction changed it"
    if isinstance(error, errors.CardinalityViolation) and "MERGE" in (said.message_primary or ""):
        return "ERROR: Found multiple matches to update the same tuple."
    if isinstance(error, errors.StringDataRightTruncation):
        return f"ERROR: Value too long for character type: {said.message_primary}"
    primary = said.message_primary or str(error).strip()
    return f"{said.severity_nonlocalized or 'ERROR'}: {primary}"
