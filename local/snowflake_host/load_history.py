"""What was copied into which table, for the 64 days that Snowflake remembers it: kept beside the data, in its transactions.

fakesnow has a table for this, which it empties at every ``create table if not exists`` and which does not know a file's etag.
"""

from __future__ import annotations

import sqlglot
from duckdb import DuckDBPyConnection
from sqlglot import exp

from snowflake_host.errors import missing, unsupported

SCHEMA = "_fs_information_schema"
DAYS = 64
CREATION = """
create table if not exists {database}.{schema}._copied (
    file_name varchar, stage_location varchar, etag varchar, file_size bigint, schema_name varchar, table_name varchar,
    last_load_time timestamptz, status varchar, row_count bigint, row_parsed bigint, error_count bigint, error_limit bigint,
    first_error_message varchar, first_error_line bigint, first_error_character bigint, first_error_column varchar
);
create or replace view {database}.{schema}._load_history as
select
    schema_name as "SCHEMA_NAME", stage_location || file_name as "FILE_NAME", table_name as "TABLE_NAME",
    last_load_time as "LAST_LOAD_TIME", status as "STATUS", row_count as "ROW_COUNT", row_parsed as "ROW_PARSED",
    first_error_message as "FIRST_ERROR_MESSAGE", first_error_line as "FIRST_ERROR_LINE_NUMBER",
    first_error_character as "FIRST_ERROR_CHARACTER_POSITION", first_error_column as "FIRST_ERROR_COL_NAME",
    error_count as "ERROR_COUNT", error_limit as "ERROR_LIMIT"
from {database}.{schema}._copied;
create or replace view {database}.{schema}._copy_history as
select
    file_name as "FILE_NAME", stage_location as "STAGE_LOCATION", last_load_time as "LAST_LOAD_TIME", row_count as "ROW_COUNT",
    row_parsed as "ROW_PARSED", file_size as "FILE_SIZE", first_error_message as "FIRST_ERROR_MESSAGE",
    first_error_line as "FIRST_ERROR_LINE_NUMBER", first_error_character as "FIRST_ERROR_CHARACTER_POS",
    first_error_column as "FIRST_ERROR_COLUMN_NAME", error_count as "ERROR_COUNT", error_limit as "ERROR_LIMIT",
    case status when 'LOADED' then 'Loaded' else 'Load failed' end as "STATUS",
    '{database}' as "TABLE_CATALOG_NAME", schema_name as "TABLE_SCHEMA_NAME", table_name as "TABLE_NAME"
from {database}.{schema}._copied;
"""


def create(connection: DuckDBPyConnection, database: str) -> None:
    connection.execute(CREATION.format(database=database, schema=SCHEMA))


def forget(connection: DuckDBPyConnection, table: str) -> None:
    """A table that is truncated, replaced or dropped has no load history any more."""
    database, schema, name = table.split(".")
    connection.execute(f'delete from "{database}".{SCHEMA}._copied where schema_name = ? and table_name = ?', [schema, name])


def was_loaded(connection: DuckDBPyConnection, table: str, url: str, etag: str) -> bool:
    database, schema, name = table.split(".")
    found = connection.execute(
        f"""select 1 from "{database}".{SCHEMA}._copied
        where schema_name = ? and table_name = ? and stage_location || file_name = ? and etag = ? and status = 'LOADED'
        and last_load_time > now() - interval {DAYS} days limit 1""",
        [schema, name, url, etag],
    )
    return found.fetchone() is not None


def rewrite(expression: exp.Expr, database: str | None) -> exp.Expr:
    """A query of the information schema's ``load_history`` or of its function ``copy_history``, over what is kept here."""

    def over_ours(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Table) and node.name.upper() == "LOAD_HISTORY" and node.db.upper() == "INFORMATION_SCHEMA":
            ours = exp.table_("_LOAD_HISTORY", db=SCHEMA.upper(), catalog=_database(node.catalog or database))
            return exp.alias_(ours, node.alias_or_name, table=True)
        if isinstance(node, exp.TableFromRows) and isinstance(node.this, exp.Dot):
            return _copy_history(node, database)
        return node

    return expression.transform(over_ours)


def _database(name: str | None) -> str:
    if not name:
        raise missing("object", "INFORMATION_SCHEMA")
    return name.upper()


def _copy_history(node: exp.TableFromRows, database: str | None) -> exp.Expr:
    call = node.this
    place: list[str] = []
    while isinstance(call, exp.Dot):
        place.append(call.this.name.upper())
        call = call.expression
    if not isinstance(call, exp.Anonymous) or call.name.upper() != "COPY_HISTORY" or place[-1:] != ["INFORMATION_SCHEMA"]:
        raise unsupported(node.sql("snowflake"))
    given = {one.this.name.upper(): one.expression for one in call.expressions if isinstance(one, exp.Kwarg)}
    if set(given) - {"TABLE_NAME", "START_TIME", "END_TIME"} or not {"TABLE_NAME", "START_TIME"} <= set(given):
        raise unsupported("COPY_HISTORY with anything but table_name, start_time and end_time")
    schema, _, table = given["TABLE_NAME"].name.upper().rpartition(".")
    of = _database(place[0] if len(place) > 1 else database)
    query = f"select * from {of}.{SCHEMA}._copy_history where table_name = '{table}'"
    if schema:
        query += f" and table_schema_name = '{schema.rpartition('.')[2]}'"
    query += f" and last_load_time >= {given['START_TIME'].sql('snowflake')}"
    if "END_TIME" in given:
        query += f" and last_load_time <= {given['END_TIME'].sql('snowflake')}"
    parsed = sqlglot.parse_one(query, read="snowflake")
    assert isinstance(parsed, exp.Select)
    return parsed.subquery(node.alias or "copy_history")
