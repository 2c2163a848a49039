"""``sql/snowflake/*.sql`` executed in order, as an administrator of the account would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from snowflake_host.connector_errors import snowflake_error
from snowflake_host.engine import Engine
from snowflake_host.errors import SnowflakeError
from snowflake_host.words import split

# Variables of Snowflake's command line.
VARIABLE = re.compile(r"<%\s*(\w+)\s*%>")


def run(engine: Engine, folder: Path, variables: Mapping[str, str]) -> list[str]:
    """The files that were executed. Raises with the file's name at the first statement that fails."""
    files = sorted(folder.glob("*.sql"))
    for file in files:
        text = _filled(file, variables)
        session = engine.session(None, "PUBLIC", warehouse=None, database=None, schema=None)
        try:
            for statement in split(text):
                session.cursor().execute(statement)
        except Exception as error:
            found = snowflake_error(error)
            raise SnowflakeError(found.code, found.sql_state, f"{file.name}: {found}") from error
        finally:
            session.close()
    return [file.name for file in files]


def _filled(file: Path, variables: Mapping[str, str]) -> str:
    return VARIABLE.sub(lambda found: _value(found.group(1), variables, file), file.read_text())


def _value(name: str, variables: Mapping[str, str], file: Path) -> str:
    if name not in variables:
        raise SnowflakeError("002211", "02000", f"{file.name}: variable {name} is not given")
    if "'" in variables[name]:
        raise SnowflakeError("002211", "02000", f"{file.name}: the value of {name} has a quote in it")
    return variables[name]
