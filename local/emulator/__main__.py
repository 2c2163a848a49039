"""``python -m emulator``: serves AWS on 127.0.0.1:GATEWAY_PORT until standard input is closed, then saves its state."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from pathlib import Path

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as ministack_app

from emulator import (
    athena,
    branch_history,
    custom_resources,
    ecs_tasks,
    glue_jobs,
    job_settings,
    lambda_errors,
    ranges,
    redshift_data,
    rulesets,
    s3_events,
    state,
)
from emulator.snowflake import Snowflake
from emulator.spark import Spark
from emulator.warehouse import Warehouse


def main() -> None:
    folder = Path(os.environ["ASSAY_LAPTOP_DIRECTORY"])
    spark = Spark(
        runs=int(os.environ["ASSAY_SPARK_RUNS_PORT"]),
        queries=int(os.environ["ASSAY_SPARK_QUERIES_PORT"]),
        token=os.environ.pop("ASSAY_SPARK_TOKEN"),
        folder=folder,
    )
    # Lambdas inherit the environment, and have no business with this password.
    warehouse = Warehouse(int(os.environ["ASSAY_WAREHOUSE_PORT"]), os.environ.pop("ASSAY_WAREHOUSE_PASSWORD"))
    snowflake = Snowflake(int(os.environ["ASSAY_SNOWFLAKE_PORT"]), os.environ.pop("ASSAY_SNOWFLAKE_TOKEN"))
    lambda_errors.install()
    branch_history.install()
    custom_resources.install()
    rulesets.install()
    job_settings.install()
    glue_jobs.install(spark)
    athena.install(spark)
    redshift_data.install(warehouse)
    ecs_tasks.install(snowflake)
    ranges.install()
    s3_events.install()
    state.install()
    logging.getLogger("hypercorn.access").addFilter(lambda record: "_ministack" not in record.getMessage())
    asyncio.run(_serve())


async def _serve() -> None:
    config = Config()
    config.bind = [f"127.0.0.1:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    saver = state.Saver(ministack_app.app)
    loop = asyncio.get_running_loop()
    closed = asyncio.Event()
    threading.Thread(target=_wait_for_end, args=(loop, closed), daemon=True).start()

    async def until_closed() -> None:
        await closed.wait()
        saver.stop()

    await serve(saver.app, config, shutdown_trigger=until_closed)


def _wait_for_end(loop: asyncio.AbstractEventLoop, closed: asyncio.Event) -> None:
    """The supervisor holds the other end of our standard input for as long as it lives."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    loop.call_soon_threadsafe(closed.set)


main()
# Threads of executions that wait for something that will not come any more must not hold up the end.
os._exit(0)
