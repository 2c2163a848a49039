"""Lets a script's ``SparkSession.builder.getOrCreate()`` find the running context instead of starting one.

Only the process that was forked for the run is patched; the script is not touched and cannot tell.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from py4j.finalizer import ThreadSafeFinalizer
from pyspark import SparkContext
from pyspark.sql import SparkSession

from spark_host.jvm import Jvm

_original_init = SparkSession.__init__


def attach(jvm: Jvm, conf: Mapping[str, str], worker_environment: Mapping[str, str]) -> None:
    """From here on a new SparkContext of this process is the JVM's own, a new SparkSession a new session of it.

    ``conf`` is applied to every such session; ``worker_environment`` is what Spark's Python workers get.
    """
    os.environ["PYSPARK_GATEWAY_PORT"] = str(jvm.port)
    os.environ["PYSPARK_GATEWAY_SECRET"] = jvm.secret
    session_conf = _with_hadoop_names(conf)

    def initialize_context(context: SparkContext, _conf: Any) -> Any:
        context.environment.update(worker_environment)
        running = context._jvm.org.apache.spark.SparkContext.getOrCreate()
        return context._jvm.JavaSparkContext(running)

    def init(session: SparkSession, context: SparkContext, java: Any = None, options: Mapping[str, Any] = {}) -> None:
        root = context._jvm.SparkSession.getDefaultSession().get()
        if java is None:
            java = root.newSession()
            options = {**session_conf, **options}
        _original_init(session, context, java, dict(options))
        # Python makes its session the JVM's default too, where all runs would meet.
        context._jvm.SparkSession.setDefaultSession(root)

    SparkContext._initialize_context = initialize_context
    SparkContext.stop = _leave_context
    SparkSession.__init__ = init
    SparkSession.stop = _leave_session


def _with_hadoop_names(conf: Mapping[str, str]) -> dict[str, str]:
    """A session passes its settings to Hadoop as they are named; only a context strips ``spark.hadoop.``."""
    prefix = "spark.hadoop."
    hadoop = {name.removeprefix(prefix): value for name, value in conf.items() if name.startswith(prefix)}
    return {**conf, **hadoop}


def _leave_context(context: SparkContext) -> None:
    """What ``SparkContext.stop`` does, but for stopping the JVM's context, which others use."""
    context._jsc = None
    server = getattr(context, "_accumulatorServer", None)
    if server:
        server.shutdown()
        context._accumulatorServer = None
    SparkContext._active_spark_context = None


def _leave_session(session: SparkSession) -> None:
    session._sc.stop()
    SparkSession._instantiatedSession = None
    SparkSession._activeSession = None


def release_java_objects() -> None:
    """Gives back every Java object this process still names: the gateway keeps them all until it is told."""
    gateway = SparkContext._gateway
    if gateway is None:
        return
    client = gateway._gateway_client
    for key in list(ThreadSafeFinalizer.finalizers):
        client.garbage_collect_object("o" + key.rpartition("o")[2], enqueue=False)
    ThreadSafeFinalizer.clear_finalizers(clear_all=True)
    # What Python has let go of already, and a thread would tell the gateway when it wakes up.
    waiting = client.finalizer_deque
    while waiting:
        owner, target = waiting.pop()
        owner.garbage_collect_object(target, enqueue=False)
