from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from running_laptop import BUCKET, RunningLaptop
from scripts import CATALOG, SESSION

TABLES = SESSION + (
    "spark.sql('create namespace if not exists shop')\n"
    "spark.sql('''create table shop.orders using iceberg as select * from values\n"
    "  (1, 9007199254740993L, cast(10.10 as decimal(18,2)), date'2025-02-01', true, cast(null as string)),\n"
    "  (2, 5L, cast(-0.05 as decimal(18,2)), date'1999-12-31', false, 'ü, \"x\"')\n"
    "  as t(id, big, amount, day, flag, note)''')\n"
    "spark.sql('''create table shop.refused using iceberg as\n"
    "  select array(named_struct('rule', 'type', 'column', 'day', 'value', cast(null as string))) as reasons,\n"
    "  timestamp'2025-01-02 03:04:05.678' as at''')\n"
)


def view(name: str, sql: str) -> dict[str, Any]:
    document = {"originalSql": sql, "catalog": "awsdatacatalog", "schema": "shop", "columns": []}
    encoded = base64.b64encode(json.dumps(document).encode()).decode()
    return {
        "Name": name,
        "TableType": "VIRTUAL_VIEW",
        "ViewOriginalText": f"/* Presto View: {encoded} */",
        "ViewExpandedText": "/* Presto View */",
        "Parameters": {"presto_view": "true"},
        "StorageDescriptor": {"Columns": [{"Name": "id", "Type": "int"}]},
    }


@pytest.fixture(scope="module")
def shop(laptop: RunningLaptop) -> RunningLaptop:
    run = laptop.run(TABLES, {"--conf": CATALOG})
    assert run["JobRunState"] == "SUCCEEDED", run["ErrorMessage"]
    glue = laptop.client("glue")
    glue.create_table(DatabaseName="shop", TableInput=view("dear", "select id, amount from orders where amount > 1"))
    glue.create_table(DatabaseName="shop", TableInput=view("dear_ids", "with d as (select * from dear) select id from d"))
    return laptop


def query(laptop: RunningLaptop, sql: str) -> dict[str, Any]:
    """State, reason, columns with their types, rows."""
    athena = laptop.client("athena")
    query_id = athena.start_query_execution(
        QueryString=sql,
        QueryExecutionContext={"Database": "shop"},
        ResultConfiguration={"OutputLocation": f"s3://{BUCKET}/results/"},
    )["QueryExecutionId"]
    deadline = time.monotonic() + 90
    while True:
        status = athena.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]["Status"]
        if status["State"] not in {"QUEUED", "RUNNING"}:
            break
        assert time.monotonic() < deadline
        time.sleep(0.05)
    if status["State"] != "SUCCEEDED":
        return {"state": status["State"], "reason": status.get("StateChangeReason")}
    result = athena.get_query_results(QueryExecutionId=query_id)["ResultSet"]
    rows = [[cell.get("VarCharValue") for cell in row["Data"]] for row in result["Rows"]]
    columns = {column["Name"]: column["Type"] for column in result["ResultSetMetadata"]["ColumnInfo"]}
    return {"state": "SUCCEEDED", "columns": columns, "rows": rows}


def test_values_and_types_are_exact(shop: RunningLaptop) -> None:
    assert query(shop, "select * from orders order by id") == {
        "state": "SUCCEEDED",
        "columns": {
            "id": "integer",
            "big": "bigint",
            "amount": "decimal",
            "day": "date",
            "flag": "boolean",
            "note": "varchar",
        },
        "rows": [
            ["id", "big", "amount", "day", "flag", "note"],
            ["1", "9007199254740993", "10.10", "2025-02-01", "true", None],
            ["2", "5", "-0.05", "1999-12-31", "false", 'ü, "x"'],
        ],
    }


def test_nested_values_are_json(shop: RunningLaptop) -> None:
    assert query(shop, "select reasons, at from refused") == {
        "state": "SUCCEEDED",
        "columns": {"reasons": "array", "at": "timestamp"},
        "rows": [
            ["reasons", "at"],
            ['[{"rule":"type","column":"day","value":null}]', "2025-01-02 03:04:05.678"],
        ],
    }


def test_views_of_views(shop: RunningLaptop) -> None:
    assert query(shop, "select * from shop.dear_ids")["rows"] == [["id"], ["1"]]
    joined = "select d.amount, o.day from dear d join orders o on d.id = o.id"
    assert query(shop, joined)["rows"] == [["amount", "day"], ["10.10", "2025-02-01"]]


def test_a_query_sees_what_was_just_written(shop: RunningLaptop) -> None:
    create = "spark.sql('create table shop.fresh (n int) using iceberg')\n"
    insert = "spark.sql('insert into shop.fresh values (1)')\n"
    for script, expected in ((create, "0"), (insert, "1")):
        assert shop.run(SESSION + script, {"--conf": CATALOG})["JobRunState"] == "SUCCEEDED"
        assert query(shop, "select count(*) as n from fresh")["rows"] == [["n"], [expected]]


def test_what_is_there(shop: RunningLaptop) -> None:
    tables = [row[0] for row in query(shop, "show tables in shop")["rows"]]
    assert {"orders", "refused", "dear", "dear_ids"} <= set(tables)
    assert ["shop"] in query(shop, "SHOW SCHEMAS;")["rows"]
    assert query(shop, "describe refused")["rows"] == [
        ["reasons", "array<struct<rule:string,column:string,value:string>>"],
        ["at", "timestamp"],
    ]


@pytest.mark.parametrize(
    "sql, reason",
    [
        ("drop table orders", "only reading is possible here (select, with, show, describe), not drop"),
        ("create external table x (a int) location 's3://scripts/x/'", "only reading is possible here"),
        ("select nothing from orders", "[UNRESOLVED_COLUMN"),
        ("select * from nowhere", "[TABLE_OR_VIEW_NOT_FOUND]"),
    ],
)
def test_a_query_that_fails_says_why(shop: RunningLaptop, sql: str, reason: str) -> None:
    answer = query(shop, sql)
    assert answer["state"] == "FAILED"
    assert answer["reason"].startswith(reason)
    assert query(shop, "select count(*) as n from orders")["rows"] == [["n"], ["2"]]
