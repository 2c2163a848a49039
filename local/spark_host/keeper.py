"""The process that holds the SparkContext: warms it up, answers queries, cleans up after runs."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from pyspark import SparkContext
from pyspark.sql import SparkSession

from spark_host import wire
from spark_host.jvm import Jvm
from spark_host.queries import Queries
from spark_host.warm_up import warm_up

if TYPE_CHECKING:
    from spark_host.service import Laptop


def keep(laptop: Laptop, jvm: Jvm, line: socket.socket, queries: socket.socket) -> NoReturn:
    """Creates the context, says so on ``line``, and serves until the other end of ``line`` is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["PYSPARK_GATEWAY_PORT"] = str(jvm.port)
    os.environ["PYSPARK_GATEWAY_SECRET"] = jvm.secret
    try:
        spark = SparkSession(SparkContext())
        line.sendall(b"ready\n")
        server = Queries(spark, laptop.token)
        threading.Thread(target=warm_up, args=(spark, laptop), daemon=True).start()
        threading.Thread(target=server.serve, args=(queries,), daemon=True).start()
        _clean_up_on_request(spark, line)
    except BaseException as error:
        print(f"spark keeper: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def _clean_up_on_request(spark: SparkSession, line: socket.socket) -> None:
    with line.makefile("rb") as requests:
        for request in requests:
            message = wire.parse(request)
            spark.sparkContext.cancelJobGroup(message["run_id"])
            if message["idle"]:
                spark.catalog.clearCache()
