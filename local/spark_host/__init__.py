"""One warm Spark for all Glue runs and Athena queries of a laptop.

A single-threaded parent (``host``) keeps the JVM and forks: a keeper, which holds the SparkContext and answers queries, and
a process per Glue run, which joins that context with a session of its own. The scripts do not know.
"""
