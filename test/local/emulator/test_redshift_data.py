from __future__ import annotations

import time

import pytest
from running_warehouse import PLACE, RunningWarehouse, refusal


def test_a_statement_is_described(warehouse: RunningWarehouse) -> None:
    submitted = warehouse.api.execute_statement(
        Sql="select 1 as one",
        StatementName="first",
        SecretArn="arn:aws:secretsmanager:us-east-1:000000000000:secret:s",
        **PLACE,
    )
    assert {key: submitted[key] for key in ("Database", "WorkgroupName", "DbGroups")} == {**PLACE, "DbGroups": []}
    described = warehouse.wait(submitted["Id"])
    assert described["CreatedAt"] == submitted["CreatedAt"]
    assert described["CreatedAt"] <= described["UpdatedAt"]
    assert described["Duration"] > 0
    assert described["RedshiftPid"] > 0
    expected = {
        "Id": submitted["Id"],
        "Status": "FINISHED",
        "QueryString": "select 1 as one",
        "HasResultSet": True,
        "ResultRows": 1,
        "ResultSize": 1,
        "ResultFormat": "JSON",
        "SecretArn": "arn:aws:secretsmanager:us-east-1:000000000000:secret:s",
        **PLACE,
    }
    assert {key: described.get(key) for key in expected} == expected
    assert "Error" not in described


def test_fields_and_columns(warehouse: RunningWarehouse) -> None:
    sql = """select 9007199254740993::bigint as big, 1::smallint as small, 12345678901234.50::decimal(18, 2) as money,
        0.1::float8 as part,
        true as flag, null::int as nothing, date '2024-02-29' as day, timestamp '2024-02-29 01:02:03.000004' as at,
        timestamptz '2024-02-29 01:02:03+11' as tz, 'ü"' ::varchar(9) as name, 'NaN'::float as nan, '' as empty"""
    answer = warehouse.api.get_statement_result(Id=warehouse.done(sql)["Id"])
    assert answer["Records"] == [
        [
            {"longValue": 9007199254740993},
            {"longValue": 1},
            {"stringValue": "12345678901234.50"},
            {"doubleValue": 0.1},
            {"booleanValue": True},
            {"isNull": True},
            {"stringValue": "2024-02-29"},
            {"stringValue": "2024-02-29 01:02:03.000004"},
            {"stringValue": "2024-02-28 14:02:03+00"},
            {"stringValue": 'ü"'},
            {"doubleValue": "NaN"},
            {"stringValue": ""},
        ]
    ]
    assert (answer["TotalNumRows"], answer.get("NextToken")) == (1, None)
    columns = {column["name"]: column["typeName"] for column in answer["ColumnMetadata"]}
    assert columns == {
        **{"big": "int8", "small": "int2", "money": "numeric", "part": "float8", "flag": "bool", "nothing": "int4"},
        **{"day": "date", "at": "timestamp", "tz": "timestamptz", "name": "varchar", "nan": "float8", "empty": "varchar"},
    }
    money = next(column for column in answer["ColumnMetadata"] if column["name"] == "money")
    assert (money["precision"], money["scale"], money["isSigned"], money["label"]) == (18, 2, True, "money")


def test_an_empty_result_is_one_and_a_change_has_none(warehouse: RunningWarehouse, table: str) -> None:
    empty = warehouse.done(f"select * from {table}")
    assert (empty["HasResultSet"], empty["ResultRows"], empty["ResultSize"]) == (True, 0, 0)
    answer = warehouse.api.get_statement_result(Id=empty["Id"])
    assert (answer["Records"], answer["TotalNumRows"]) == ([], 0)
    assert [column["name"] for column in answer["ColumnMetadata"]] == ["id", "name"]
    inserted = warehouse.done(f"insert into {table} values (1, 'a'), (2, 'b')")
    assert (inserted["HasResultSet"], inserted["ResultRows"], inserted["ResultSize"]) == (False, 2, 0)
    assert refusal(warehouse.api.get_statement_result, Id=inserted["Id"]) == (
        "ResourceNotFoundException",
        "Query does not have result. Please check query status with DescribeStatement.",
    )


@pytest.mark.parametrize(
    "sql, error",
    [
        ("select * from nowhere", 'ERROR: relation "nowhere" does not exist'),
        ("insert into {table} values (null, 'Holý')", "ERROR: Cannot insert a NULL value into column id"),
        ("insert into {table} values (1, 'Richard Cunningham')", "ERROR: Value too long for character type: "),
        ("select now()", "ERROR: now() runs on Redshift's leader node alone"),
        ("unload ('select 1') to 's3://a/b' iam_role default", "ERROR: unload is not translated for the laptop"),
        ("select 1; select 2", "ERROR: cannot insert multiple commands into a prepared statement"),
        ("select 1 / 0", "ERROR: division by zero"),
    ],
)
def test_what_fails_says_why_and_names_no_row(warehouse: RunningWarehouse, table: str, sql: str, error: str) -> None:
    said = warehouse.error(sql.format(table=table))
    assert said.startswith(error)
    assert "Holý" not in said
    assert "Cunningham" not in said


def test_another_database_is_not_there(warehouse: RunningWarehouse) -> None:
    place = {**PLACE, "Database": "postgres"}
    described = warehouse.wait(warehouse.api.execute_statement(Sql="select 1", **place)["Id"])
    assert (described["Status"], described["Error"]) == ("FAILED", 'FATAL: database "postgres" does not exist')


def test_a_batch_is_one_transaction(warehouse: RunningWarehouse, table: str) -> None:
    done = warehouse.done(
        f"insert into {table} values (1, 'a')", "create temp table s as select 2 as id", f"select * from {table}, s"
    )
    parts = done["SubStatements"]
    assert [(part["Id"], part["Status"], part["ResultRows"], part["HasResultSet"]) for part in parts] == [
        (f"{done['Id']}:1", "FINISHED", 1, False),
        (f"{done['Id']}:2", "FINISHED", 1, False),
        (f"{done['Id']}:3", "FINISHED", 1, True),
    ]
    assert done["HasResultSet"]
    assert warehouse.api.describe_statement(Id=f"{done['Id']}:2")["QueryString"] == "create temp table s as select 2 as id"
    records = warehouse.api.get_statement_result(Id=f"{done['Id']}:3")["Records"]
    assert records == [[{"longValue": 1}, {"stringValue": "a"}, {"longValue": 2}]]


def test_a_batch_that_fails_changes_nothing(warehouse: RunningWarehouse, table: str) -> None:
    failed = warehouse.run(f"insert into {table} values (1, 'a')", f"insert into {table} (id) values (null)", "select 1")
    assert (failed["Status"], failed["Error"]) == (
        "FAILED",
        "Query #2 failed with ERROR: Cannot insert a NULL value into column id",
    )
    assert [part["Status"] for part in failed["SubStatements"]] == ["FINISHED", "FAILED", "ABORTED"]
    assert failed["SubStatements"][1]["Error"] == "ERROR: Cannot insert a NULL value into column id"
    assert warehouse.rows(f"select count(*) from {table}") == [[0]]


@pytest.mark.parametrize("sql", ["-- all of it\n truncate {table}", "vacuum {table}", "commit", "begin"])
def test_a_batch_refuses_what_would_end_its_transaction(warehouse: RunningWarehouse, table: str, sql: str) -> None:
    warehouse.done(f"insert into {table} values (1, 'a')")
    assert warehouse.error(f"delete from {table}", sql.format(table=table)).startswith("Query #2 failed with ERROR: ")
    assert warehouse.rows(f"select id from {table}") == [[1]]
    warehouse.done(f"vacuum {table}")
    warehouse.done(f"truncate {table}")


def test_who_changes_what_another_changed_meanwhile_fails(warehouse: RunningWarehouse, table: str) -> None:
    warehouse.done(f"insert into {table} values (1, 'a')")
    with warehouse.postgres.connect() as other, other.transaction():
        other.execute(f"update {table} set name = 'b'".encode())
        submitted = warehouse.api.execute_statement(Sql=f"update {table} set name = 'c'", **PLACE)
        time.sleep(0.5)
    assert warehouse.wait(submitted["Id"])["Error"].startswith("ERROR: 1023\n  Detail: Serializable isolation violation")
