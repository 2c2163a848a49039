from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from running_warehouse import LONG, PLACE, RunningWarehouse, refusal


def test_a_token_submits_once(warehouse: RunningWarehouse, table: str) -> None:
    request = {"Sql": f"insert into {table} values (1, 'a')", "ClientToken": str(uuid.uuid4()), **PLACE}
    ids = {warehouse.api.execute_statement(**request)["Id"] for _ in range(3)}
    assert len(ids) == 1
    warehouse.wait(*ids)
    assert warehouse.api.execute_statement(**request)["Id"] in ids
    assert warehouse.rows(f"select count(*) from {table}") == [[1]]
    other = {**request, "Sql": "select 1"}
    assert refusal(warehouse.api.execute_statement, **other)[0] == "ValidationException"
    assert refusal(warehouse.api.batch_execute_statement, **PLACE, Sqls=["select 1"], ClientToken=request["ClientToken"])


def test_a_long_statement_is_cancelled(warehouse: RunningWarehouse, table: str) -> None:
    submitted = warehouse.api.batch_execute_statement(Sqls=[f"insert into {table} values (1, 'a')", LONG, "select 1"], **PLACE)
    running = warehouse.wait(submitted["Id"], until={"STARTED"})
    while running["SubStatements"][1]["Status"] != "STARTED":
        running = warehouse.api.describe_statement(Id=submitted["Id"])
    assert warehouse.api.cancel_statement(Id=submitted["Id"])["Status"] is True
    ended = warehouse.wait(submitted["Id"])
    assert ended["Status"] == "ABORTED"
    assert [part["Status"] for part in ended["SubStatements"]] == ["FINISHED", "ABORTED", "ABORTED"]
    assert warehouse.rows(f"select count(*) from {table}") == [[0]]
    with warehouse.postgres.connect() as other:
        active = other.execute(
            "select count(*) from pg_stat_activity where application_name = 'redshift-data' and state = 'active'"
        )
        assert active.fetchone() == (0,)
    code, message = refusal(warehouse.api.cancel_statement, Id=submitted["Id"])
    assert (code, message.split(" with ID")[0]) == (
        "ValidationException",
        "Could not cancel a query that is already in ABORTED state",
    )


def test_statements_run_at_once(warehouse: RunningWarehouse) -> None:
    long = [warehouse.api.execute_statement(Sql=LONG, **PLACE)["Id"] for _ in range(3)]
    assert warehouse.rows("select 1") == [[1]]
    assert {warehouse.wait(one, until={"STARTED"})["Status"] for one in long} == {"STARTED"}
    threads = [threading.Thread(target=warehouse.api.cancel_statement, kwargs={"Id": one}) for one in long]
    for thread in threads:
        thread.start()
    assert {warehouse.wait(one)["Status"] for one in long} == {"ABORTED"}


def test_waiting_for_the_end(warehouse: RunningWarehouse) -> None:
    submitted = warehouse.api.execute_statement(Sql="select 1", WaitTimeSeconds=30, **PLACE)
    assert warehouse.api.describe_statement(Id=submitted["Id"])["Status"] == "FINISHED"


def test_pages(warehouse: RunningWarehouse) -> None:
    sql = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 2500) select i, 'ü' || i from n order by 1"
    done = warehouse.done(sql)
    assert done["ResultRows"] == 2500
    pages = list(warehouse.api.get_paginator("get_statement_result").paginate(Id=done["Id"]))
    assert [len(page["Records"]) for page in pages] == [1000, 1000, 500]
    assert {page["TotalNumRows"] for page in pages} == {2500}
    rows = [[next(iter(field.values())) for field in record] for page in pages for record in page["Records"]]
    assert rows == [[n, f"ü{n}"] for n in range(1, 2501)]
    assert refusal(warehouse.api.get_statement_result, Id=done["Id"], NextToken="x")[0] == "ValidationException"


def test_parameters(warehouse: RunningWarehouse) -> None:
    sql = "select :name as n, 1 as one where date '2024-02-29' = :day and 5 > :few and 1.5 = :share and true = :flag"
    given = {"name": "o'x; drop table t", "day": "2024-02-29", "few": "4", "share": "1.50", "flag": "true"}
    parameters = [{"name": name, "value": value} for name, value in given.items()]
    assert warehouse.rows(sql, Parameters=parameters) == [["o'x; drop table t", 1]]
    assert warehouse.done(sql, Parameters=parameters)["QueryParameters"] == parameters
    unused = [*parameters, {"name": "nam", "value": "x"}]
    assert refusal(warehouse.api.execute_statement, Sql=sql, Parameters=unused, **PLACE) == (
        "ValidationException",
        "Parameters list contains unused parameters. Unused parameters: ['nam']",
    )
    assert warehouse.error("select :a").startswith('ERROR: syntax error at or near ":a"')
    done = warehouse.done("select :a", "select :b::int", Parameters=[{"name": "a", "value": "1"}, {"name": "b", "value": "2"}])
    assert warehouse.api.get_statement_result(Id=f"{done['Id']}:2")["Records"] == [[{"longValue": 2}]]


def test_a_list_of_statements(warehouse: RunningWarehouse) -> None:
    name = f"listed {uuid.uuid4()}"
    ids = [warehouse.done(f"select {n}", StatementName=f"{name} {n}")["Id"] for n in range(3)]
    failed = warehouse.run("select x", StatementName=f"{name} 3")["Id"]
    batch = warehouse.done("select 1", "select 2", StatementName=f"{name} 4")["Id"]
    listing = warehouse.api.list_statements
    assert [one["Id"] for one in listing(StatementName=name)["Statements"]] == [batch, *reversed(ids)]
    assert [one["Id"] for one in listing(StatementName=name, Status="FAILED")["Statements"]] == [failed]
    first = listing(StatementName=name, Status="ALL", MaxResults=2)
    assert [one["Id"] for one in first["Statements"]] == [batch, failed]
    assert first["Statements"][0]["QueryStrings"] == ["select 1", "select 2"]
    assert (first["Statements"][0]["IsBatchStatement"], first["Statements"][1]["QueryString"]) == (True, "select x")
    rest = listing(StatementName=name, Status="ALL", MaxResults=9, NextToken=first["NextToken"])
    assert [one["Id"] for one in rest["Statements"]] == list(reversed(ids))
    assert "NextToken" not in rest
    assert listing(StatementName=name, WorkgroupName="another")["Statements"] == []


@pytest.mark.parametrize(
    "request_, words",
    [
        ({"Sql": f"select '{'x' * 102_400}'"}, "exceeds the maximum of 102400 bytes"),
        ({"Sql": "select 1", "WorkgroupName": None}, "WorkgroupName must be"),
        ({"Sql": "select 1", "Database": None}, "Database must be given"),
        ({"Sql": " "}, "must not be empty"),
        ({"Sql": "select 1", "WithEvent": True}, "WithEvent is not known"),
        ({"Sql": "select 1", "ResultFormat": "CSV"}, "ResultFormat CSV is not known"),
        ({"Sql": "select 1", "SessionKeepAliveSeconds": 60}, "SessionKeepAliveSeconds is not known"),
        ({"Sql": "select 1", "ClusterIdentifier": "abc"}, "ClusterIdentifier is not known"),
        ({"Sql": "select :a", "Parameters": [{"name": "a", "value": "1"}] * 2}, "a name twice"),
        ({"Sqls": ["select 1"] * 41}, "between 1 and 40"),
        ({"Sqls": ["select 1"], "ExecutionMode": "AUTO_COMMIT"}, "AUTO_COMMIT is not known"),
    ],
)
def test_limits_and_what_the_laptop_does_not_know(warehouse: RunningWarehouse, request_: dict[str, Any], words: str) -> None:
    call = warehouse.api.batch_execute_statement if "Sqls" in request_ else warehouse.api.execute_statement
    given = {name: value for name, value in {**PLACE, **request_}.items() if value is not None}
    code, message = refusal(call, **given)
    assert code == "ValidationException"
    assert words in message


def test_forty_statements_and_a_hundred_kilobytes_are_taken(warehouse: RunningWarehouse) -> None:
    long = f"select len('{'x' * 102_380}')"
    assert warehouse.rows(long[:-2] + "')") == [[102_380]]
    assert len(warehouse.done(*["select 1"] * 40)["SubStatements"]) == 40


def test_a_result_has_a_limit(warehouse: RunningWarehouse) -> None:
    sql = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 120) select repeat('x', 1000000) from n"
    assert warehouse.error(sql).startswith("ERROR: The query result is larger than 100 MB")


def test_nobody_else_knows_these(warehouse: RunningWarehouse) -> None:
    unknown = str(uuid.uuid4())
    for call in (warehouse.api.describe_statement, warehouse.api.get_statement_result, warehouse.api.cancel_statement):
        assert refusal(call, Id=unknown) == ("ResourceNotFoundException", "Query does not exist.")
    done = warehouse.done("select 1")["Id"]
    assert refusal(warehouse.api.describe_statement, Id=f"{done}:2")[0] == "ResourceNotFoundException"
    assert refusal(warehouse.api.describe_statement, Id="x")[0] == "ValidationException"
    assert refusal(warehouse.api.list_databases, **PLACE)[0] == "UnknownOperationException"


def test_a_state_machine_calls_it(warehouse: RunningWarehouse) -> None:
    execution = warehouse.laptop.execute(
        "Ask",
        {
            "Ask": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:redshiftdata:executeStatement",
                "Parameters": {"Sql": "select 1", **PLACE},
                "ResultSelector": {"Id.$": "$.Id"},
                "End": True,
            }
        },
        {},
    )
    assert execution["status"] == "SUCCEEDED", execution
