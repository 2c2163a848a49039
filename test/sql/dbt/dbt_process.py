"""A Snowflake in this process and dbt over it: one line of JSON in, one out. Runs with the Python of the Snowflake side, which
has fakesnow and dbt; the tests' own Python has neither.

{"sql": …} → {"rows": […]}; {"dbt": […]} → {"success": …, "results": [{name, status, rows, failures, message}]}"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import fakesnow
import fakesnow.cursor
import snowflake.connector
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).parents[3] / "sql" / "dbt"
# DuckDB has temporary relations in a catalog of their own only; dbt drops its own by itself.
TEMPORARY = re.compile(r"^((?:\s*/\*.*?\*/)?\s*create or replace\s+)temporary(\s+(?:view|table)\b)", re.IGNORECASE | re.DOTALL)


def without_temporary_relations() -> None:
    execute = fakesnow.cursor.FakeSnowflakeCursor.execute

    def execute_permanent(self: Any, command: str, *arguments: Any, **options: Any) -> Any:
        return execute(self, TEMPORARY.sub(r"\1\2", command, count=1), *arguments, **options)

    fakesnow.cursor.FakeSnowflakeCursor.execute = execute_permanent


def private_key() -> str:
    """dbt reads it before it connects; nothing here looks at it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return str(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()), "ascii")


def told(result: Any) -> dict[str, Any]:
    node = result.node
    return {
        "name": node.name,
        "status": str(result.status),
        "rows": getattr(result, "adapter_response", {}).get("rows_affected"),
        "failures": getattr(result, "failures", None),
        "message": getattr(result, "message", None),
    }


@cache
def parsed(*places: str) -> Any:
    """The project, read once; what is given variables is read again."""
    return dbtRunner().invoke(["parse", *places, "--quiet"]).result


def run_dbt(words: list[str], target: str) -> dict[str, Any]:
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", target, "--log-path", target]
    manifest = None if "--vars" in words else parsed(*places)
    # Two merges at a time would meet in fakesnow's own table of candidates.
    one_by_one = [] if words[0] == "docs" else ["--threads", "1"]
    outcome = dbtRunner(manifest).invoke([*words, *places, *one_by_one, "--quiet"])
    results = [told(result) for result in getattr(outcome.result, "results", None) or []]
    return {"success": outcome.success, "results": results, "error": str(outcome.exception or "")}


def answer(request: dict[str, Any], cursor: Any, target: str) -> dict[str, Any]:
    if "dbt" in request:
        return run_dbt(request["dbt"], target)
    return {"rows": cursor.execute(request["sql"]).fetchall()}


def serve(requests: TextIO, answers: TextIO, target: str) -> None:
    with fakesnow.patch():
        cursor = snowflake.connector.connect(database="ASSAY", schema="RAW").cursor()
        for line in requests:
            try:
                reply = answer(json.loads(line), cursor, target)
            except Exception as error:
                reply = {"error": repr(error)}
            answers.write(json.dumps(reply, default=str) + "\n")
            answers.flush()


if __name__ == "__main__":
    os.environ.update(SNOWFLAKE_ACCOUNT="here", SNOWFLAKE_USER="ASSAY_DBT", SNOWFLAKE_PRIVATE_KEY=private_key())
    warnings.simplefilter("ignore")
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    without_temporary_relations()
    # Answers go where nobody else prints.
    replies, sys.stdout = sys.stdout, sys.stderr
    serve(sys.stdin, replies, sys.argv[1])
