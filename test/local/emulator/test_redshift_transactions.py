"""A batch while it runs, and two of them at once."""

from __future__ import annotations

import time
from typing import Any

import pytest
from running_warehouse import LONG, PLACE, RunningWarehouse


def parts(described: dict[str, Any]) -> list[tuple[str, int]]:
    return [(part["Status"], part["ResultRows"]) for part in described["SubStatements"]]


def submit(warehouse: RunningWarehouse, *sqls: str) -> str:
    return str(warehouse.api.batch_execute_statement(Sqls=list(sqls), **PLACE)["Id"])


def until_parts(warehouse: RunningWarehouse, identifier: str, wanted: list[str]) -> dict[str, Any]:
    deadline = time.monotonic() + 30
    while True:
        described: dict[str, Any] = warehouse.api.describe_statement(Id=identifier)
        if [part["Status"] for part in described["SubStatements"]] == wanted:
            return described
        assert time.monotonic() < deadline, described
        time.sleep(0.02)


def test_the_parts_of_a_batch_are_seen_as_they_go(warehouse: RunningWarehouse, table: str) -> None:
    body = f"declare n bigint; begin insert into {table} values (2, 'b'); {LONG.replace('count(*)', 'count(*) into n')}; end"
    warehouse.done(f"create procedure long_{table}() as $$ {body} $$ language plpgsql")
    batch = submit(
        warehouse, f"insert into {table} values (1, 'a'), (3, 'c')", f"call long_{table}()", f"select * from {table}"
    )
    first = until_parts(warehouse, batch, ["FINISHED", "STARTED", "SUBMITTED"])
    time.sleep(1.5)
    running = warehouse.api.describe_statement(Id=batch)
    assert running["Status"] == "STARTED"
    assert parts(running) == [("FINISHED", 2), ("STARTED", -1), ("SUBMITTED", -1)]
    assert running["SubStatements"][0]["Duration"] == first["SubStatements"][0]["Duration"] > 0
    assert [part["Duration"] for part in running["SubStatements"][1:]] == [-1, -1]
    assert [part["RedshiftQueryId"] > 0 for part in running["SubStatements"]] == [True, True, False]
    called = warehouse.api.describe_statement(Id=f"{batch}:2")
    assert (called["Status"], called["QueryString"]) == ("STARTED", f"call long_{table}()")
    assert called["UpdatedAt"] >= running["SubStatements"][0]["UpdatedAt"]
    warehouse.api.cancel_statement(Id=batch)
    ended = warehouse.wait(batch)
    assert [part["Status"] for part in ended["SubStatements"]] == ["FINISHED", "ABORTED", "ABORTED"]
    assert ended["SubStatements"][1]["Duration"] > 1_500_000_000
    assert warehouse.rows(f"select count(*) from {table}") == [[0]]
    warehouse.done(f"drop procedure long_{table}()")


# Where the snapshot of the second one is taken: after the lock, whatever comes next.
@pytest.mark.parametrize(
    "second",
    [
        ["select max(id), count(*) from {table}"],
        ["create temp table seen as select max(id) as m, count(*) as n from {table}", "select m, n from seen"],
        ["call count_{table}()", "select m, n from seen"],
    ],
    ids=["select", "create temp table", "call"],
)
def test_who_waits_for_a_lock_sees_what_the_first_committed(warehouse: RunningWarehouse, table: str, second: list[str]) -> None:
    body = f"begin create temp table seen as select max(id) as m, count(*) as n from {table}; end"
    warehouse.done(f"create or replace procedure count_{table}() as $$ {body} $$ language plpgsql")
    warehouse.done(f"insert into {table} values (1, 'a')")
    slow = f"insert into {table} select count(*) + 2, 'slow' from ({LONG.replace('2000', '200')}) t"
    first = submit(warehouse, f"lock table {table}", f"update {table} set name = 'b'", slow)
    until_parts(warehouse, first, ["FINISHED", "FINISHED", "STARTED"])
    change = f"update {table} set name = name || 'c'"
    waiting = submit(warehouse, f"lock table {table}", *[sql.format(table=table) for sql in second], change)
    until_parts(warehouse, waiting, ["STARTED", *["SUBMITTED"] * (len(second) + 1)])
    assert warehouse.wait(first)["Status"] == "FINISHED"
    ended = warehouse.wait(waiting)
    assert ended["Status"] == "FINISHED", ended.get("Error")
    assert ended["SubStatements"][0]["Duration"] > 100_000_000
    records = warehouse.api.get_statement_result(Id=f"{waiting}:{len(second) + 1}")["Records"]
    assert records == [[{"longValue": 3}, {"longValue": 2}]]
    # It changes rows that the first one has changed, and does not fail for it.
    assert warehouse.rows(f"select id, name from {table} order by id") == [[1, "bc"], [3, "slowc"]]
    warehouse.done(f"drop procedure count_{table}()")


def test_who_waits_after_a_query_fails(warehouse: RunningWarehouse, table: str) -> None:
    warehouse.done(f"insert into {table} values (1, 'a')")
    change = f"update {table} set name = 'b'"
    slow = f"insert into {table} select count(*) + 2, 'slow' from ({LONG.replace('2000', '200')}) t"
    first = submit(warehouse, f"lock table {table}", change, slow)
    until_parts(warehouse, first, ["FINISHED", "FINISHED", "STARTED"])
    error = warehouse.error("select 1", f"lock table {table}", change)
    assert error.startswith("Query #3 failed with ERROR: 1023")
