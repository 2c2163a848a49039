"""The laptop's Snowflake: one process that owns one DuckDB database, answers Snowflake's SQL API over it and runs dbt in it.

What fakesnow can execute, it executes; what it cannot is in ``account_statements`` and ``copy_command``, which read their
statements word by word and refuse what they do not know. See docs/adr/012-snowflake-on-the-laptop.md.
"""
