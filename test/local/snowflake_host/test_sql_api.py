"""Snowflake's SQL API: who may, what is answered, what a retry does."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from running_snowflake import RunningSnowflake

LONG = "select count(*) from table_of_numbers a, table_of_numbers b, table_of_numbers c where a.n + b.n + c.n = 1"


def test_a_result_says_its_columns_and_values_as_texts(snowflake: RunningSnowflake) -> None:
    sql = """select 1 as a, 1.50::number(10, 2) as b, true as c, to_date('2025-01-11') as d, null as e, 'x' as f,
        to_timestamp_ntz('2025-01-11 10:00:00.123') as g"""
    status, answer = snowflake.submit(sql)
    assert (status, answer["code"], answer["sqlState"]) == (200, "090001", "00000")
    assert answer["data"] == [["1", "1.50", "true", "20099", None, "x", "1736589600.123000000"]]
    kinds = [(column["name"], column["type"]) for column in answer["resultSetMetaData"]["rowType"]]
    assert kinds[:4] == [("A", "fixed"), ("B", "fixed"), ("C", "boolean"), ("D", "date")]
    assert answer["statementStatusUrl"] == f"/api/v2/statements/{answer['statementHandle']}"


def test_moments_before_1970_are_decimal_numbers(snowflake: RunningSnowflake) -> None:
    sql = """select to_timestamp_ntz('1969-12-31 23:59:59.500') as a, to_timestamp_ntz('0202-03-04 05:06:07.891') as b,
        to_timestamp_ntz('1969-12-31 23:59:59') as c"""
    assert snowflake.rows(sql) == [["-0.500000000", "-55787338432.109000000", "-1.000000000"]]


def test_a_value_is_bound_not_spliced(snowflake: RunningSnowflake) -> None:
    bindings = {"1": {"type": "TEXT", "value": "it's; drop"}, "2": {"type": "FIXED", "value": "7"}}
    assert snowflake.rows("select ? as a, ? + 1 as b", bindings=bindings) == [["it's; drop", "8"]]


def test_pages_of_a_large_result(snowflake: RunningSnowflake) -> None:
    _, answer = snowflake.submit("select seq4() as n from table(generator(rowcount => 25000))")
    if "resultSetMetaData" not in answer:
        pytest.fail(str(answer))
    assert [part["rowCount"] for part in answer["resultSetMetaData"]["partitionInfo"]] == [10_000, 10_000, 5_000]
    url = answer["statementStatusUrl"]
    assert len(snowflake.request("GET", f"{url}?partition=2", token=snowflake.user_token("loader"))[1]["data"]) == 5_000
    assert snowflake.request("GET", f"{url}?partition=3", token=snowflake.user_token("loader"))[0] == 400


@pytest.mark.parametrize(
    "claims",
    [
        {"key": "stranger"},
        {"key": "reader"},
        {"exp": int(time.time()) - 600, "iat": int(time.time()) - 4000},
        {"exp": int(time.time()) + 7200},
        {"sub": "LAPTOP.NOBODY"},
        {"iss": "LAPTOP.ASSAY_LOADER_USER.SHA256:abc"},
    ],
)
def test_a_token_that_is_not_right_is_refused(snowflake: RunningSnowflake, claims: dict[str, Any]) -> None:
    token = snowflake.token("loader", **claims)
    status, answer = snowflake.request("POST", "/api/v2/statements", {"statement": "select 1"}, token)
    assert (status, answer["code"]) == (401, "390144")


def test_no_token_at_all(snowflake: RunningSnowflake) -> None:
    assert snowflake.request("POST", "/api/v2/statements", {"statement": "select 1"}, "")[0] == 401
    assert snowflake.request("POST", "/setup", {"variables": {}}, "wrong")[0] == 401


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("selec 1", "001003"),
        ("select from where", "001003"),
        ("select * from raw.nothing", "002003"),
        ("call a_procedure()", "000002"),
        ("create task t as select 1", "000002"),
        ("drop user assay_reader_user", "000002"),
        ("alter session set autocommit = false; select 1", "000008"),
    ],
)
def test_an_error_says_its_code(snowflake: RunningSnowflake, sql: str, code: str) -> None:
    assert snowflake.refusal(sql)[0] == code


@pytest.mark.parametrize(
    ("user", "sql", "code"),
    [
        ("loader", "update raw.sales set amount = 1", "003001"),
        ("loader", "create table raw.mine (a int)", "003001"),
        ("loader", "drop table raw.sales", "003001"),
        ("loader", "select * from marts.something", "002003"),
        ("transformer", "delete from raw.sales", "003001"),
        ("transformer", "truncate table raw.sales", "003001"),
        ("reader", "delete from raw.sales", "003001"),
        ("reader", "create table marts.mine (a int)", "003001"),
        ("reader", "use role assay_loader", "002003"),
        ("reader", "use role accountadmin", "002003"),
        ("reader", "grant role accountadmin to user assay_reader_user", "003001"),
        ("reader", "alter user assay_reader_user set default_role = accountadmin", "003001"),
        ("reader", "create role mine", "003001"),
    ],
)
def test_a_role_may_no_more_than_was_granted(snowflake: RunningSnowflake, user: str, sql: str, code: str) -> None:
    assert snowflake.refusal(sql, user)[0] == code


def test_a_warehouse_of_another_role_is_none(snowflake: RunningSnowflake) -> None:
    assert snowflake.refusal("select * from raw.sales", warehouse="ASSAY_READING")[0] == "000606"


def test_what_the_transformer_makes_the_reader_reads(snowflake: RunningSnowflake) -> None:
    name = f"t_{uuid.uuid4().hex[:8]}"
    snowflake.rows(f"create table marts.{name} as select 1 as a", "transformer")
    assert snowflake.rows(f"select a from marts.{name}", "reader") == [["1"]]
    assert snowflake.refusal(f"delete from marts.{name}", "reader")[0] == "003001"
    snowflake.rows(f"drop table marts.{name}", "transformer")
    assert snowflake.refusal(f"select a from marts.{name}", "reader")[0] == "002003"


def test_a_retry_of_a_request_is_not_executed_again(snowflake: RunningSnowflake) -> None:
    name = f"t_{uuid.uuid4().hex[:8]}"
    snowflake.rows(f"create table marts.{name} (a int)", "transformer")
    insert, request = f"insert into marts.{name} values (1)", f"?requestId={uuid.uuid4()}"
    first = snowflake.submit(insert, "transformer", request)[1]["statementHandle"]
    assert snowflake.submit(insert, "transformer", f"{request}&retry=true")[1]["statementHandle"] == first
    assert snowflake.rows(f"select count(*) from marts.{name}", "transformer") == [["1"]]
    # Another user's request is another's.
    assert snowflake.submit("select 1", "reader", f"{request}&retry=true")[1]["statementHandle"] != first
    # A retry of what never arrived is the first.
    assert snowflake.submit(insert, "transformer", f"?requestId={uuid.uuid4()}&retry=true")[0] == 200
    assert snowflake.rows(f"select count(*) from marts.{name}", "transformer") == [["2"]]


def test_an_error_in_a_transaction_takes_back_all_of_it(snowflake: RunningSnowflake) -> None:
    name = f"t_{uuid.uuid4().hex[:8]}"
    snowflake.rows(f"create table marts.{name} (a int)", "transformer")
    insert = f"insert into marts.{name} values (1)"
    status, answer = snowflake.all("begin", insert, "select * from marts.nothing", "commit", user="transformer")
    assert (status, answer["code"]) == (422, "002003")
    assert snowflake.rows(f"select count(*) from marts.{name}", "transformer") == [["0"]]
    # A transaction that nobody commits ends with the request.
    snowflake.all("begin", insert, user="transformer")
    assert snowflake.rows(f"select count(*) from marts.{name}", "transformer") == [["0"]]
    status, answer = snowflake.all("begin", insert, "commit", user="transformer")
    part = answer["statementHandles"][1]
    token = snowflake.user_token("transformer")
    assert snowflake.request("GET", f"/api/v2/statements/{part}", token=token)[1]["data"] == [["1"]]


def test_bindings_of_several_statements_are_refused_as_by_snowflake(snowflake: RunningSnowflake) -> None:
    bindings = {"1": {"type": "TEXT", "value": "x"}}
    code, message = snowflake.refusal("select ?; select 1", bindings=bindings, parameters={"MULTI_STATEMENT_COUNT": "2"})
    assert (code, "variable binding in multi-statement requests" in message) == ("000002", True)


def test_a_long_statement_runs_on_its_own_is_cancelled_and_times_out(snowflake: RunningSnowflake) -> None:
    snowflake.rows(
        "create or replace table marts.table_of_numbers as select seq4() as n from table(generator(rowcount => 4000))",
        "transformer",
    )
    token = snowflake.user_token("transformer")
    long = LONG.replace("table_of_numbers", "marts.table_of_numbers")
    status, answer = snowflake.submit(long, "transformer", "?async=true")
    assert (status, answer["code"]) == (202, "333334")
    url = answer["statementStatusUrl"]
    assert snowflake.request("GET", url, token=token)[0] == 202
    assert snowflake.request("POST", f"{url}/cancel", token=token)[0] == 200
    deadline = time.monotonic() + 20
    while (found := snowflake.request("GET", url, token=token))[0] == 202:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (found[0], found[1]["code"]) == (422, "000604")
    status, answer = snowflake.submit(long, "transformer", timeout=1)
    assert (status, answer["code"]) == (408, "000630")


def test_data_and_account_survive_a_crash(snowflake: RunningSnowflake) -> None:
    name = f"t_{uuid.uuid4().hex[:8]}"
    snowflake.rows(f"create table marts.{name} as select 1 as a", "transformer")
    snowflake.kill_host()
    snowflake.start_host()
    assert snowflake.rows(f"select a from marts.{name}", "reader") == [["1"]]
    snowflake.own("POST", "/setup", {"variables": snowflake.variables()})
    assert snowflake.rows(f"select a from marts.{name}", "reader") == [["1"]]


def test_setup_says_what_it_lacks(snowflake: RunningSnowflake) -> None:
    given = {name: value for name, value in snowflake.variables().items() if name != "lake_path"}
    status, answer = snowflake.own("POST", "/setup", {"variables": given})
    assert (status, answer["message"]) == (422, "01_database.sql: variable lake_path is not given")
