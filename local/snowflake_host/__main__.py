"""``python -m snowflake_host``: serves until standard input is closed; says on standard output where it listens."""

from __future__ import annotations

import json
import os
import sys
import threading
import warnings
from pathlib import Path

from snowflake_host.dbt_runs import DbtRuns
from snowflake_host.engine import Engine
from snowflake_host.server import Routes, serve

SQL = Path(__file__).parents[2] / "sql"


def main() -> None:
    # fakesnow's way to read results, on every statement.
    warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")
    folder = Path(os.environ["ASSAY_LAPTOP_DIRECTORY"])
    engine = Engine(folder / "snowflake")
    dbt = DbtRuns(engine, Path(os.environ.get("ASSAY_DBT_PROJECT", SQL / "dbt")), folder / "dbt")
    definitions = Path(os.environ.get("ASSAY_SNOWFLAKE_DEFINITIONS", SQL / "snowflake"))
    routes = Routes(engine, dbt, definitions, os.environ.pop("ASSAY_SNOWFLAKE_TOKEN"))
    server = serve(routes, int(os.environ.get("ASSAY_SNOWFLAKE_PORT", "0")))
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    # From here on dbt may print; what reads the first line reads no more.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.shutdown()
    engine.close()


main()
