"""Procedures of Redshift that run on the laptop's warehouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulator.redshift_dialect import to_postgres
from emulator.redshift_dialect_check import faults
from running_warehouse import RunningWarehouse

MAKE = """create or replace procedure {s}.make(rows int, word varchar(20)) as $$
begin
    drop table if exists touched;
    create temp table touched as
    with recursive n (i) as (select 1 union all select i + 1 from n where i < rows) select i as id, word || ';' as name from n;
end;
$$ language plpgsql security invoker"""
APPLY = """create or replace procedure {s}.apply() as $$
declare
    before bigint;
    found_rows bigint := 0;
begin
    select count(*) into before from {s}.dim;
    delete from {s}.dim using touched as t where {s}.dim.id = t.id and before > 0;
    insert into {s}.dim select id, name from touched;
    merge into {s}.seen using touched on {s}.seen.id = touched.id
    when matched then update set times = times + 1 when not matched then insert values (touched.id, 1);
    select count(*), max(times) into found_rows, before from {s}.seen;
    if before > 2 then
        raise exception 'seen % times, % rows; that is too often', before, found_rows;
    else
        raise info 'seen %', before;
    end if;
end;
$$ language plpgsql"""


@pytest.fixture
def schema(warehouse: RunningWarehouse, table: str) -> Iterator[str]:
    """With two tables and the procedures."""
    name = f"s_{table}"
    warehouse.done(f"create schema {name}")
    warehouse.done(f"create table {name}.dim (id int not null, name varchar(30))")
    warehouse.done(f"create table {name}.seen (id int not null, times int)")
    warehouse.done(MAKE.format(s=name))
    warehouse.done(APPLY.format(s=name))
    yield name
    warehouse.done(f"drop schema {name} cascade")


def test_procedures_work_on_what_others_left_in_the_session(warehouse: RunningWarehouse, schema: str) -> None:
    make, apply = f"call {schema}.make(3, 'it''s')", f"call {schema}.apply()"
    done = warehouse.done(make, apply, f"call {schema}.make (4, 'b')", apply, f"select * from {schema}.dim order by id")
    parts = done["SubStatements"]
    assert [(part["Status"], part["ResultRows"], part["HasResultSet"]) for part in parts] == [
        *[("FINISHED", 0, False)] * 4,
        ("FINISHED", 4, True),
    ]
    assert warehouse.rows(f"select id, name from {schema}.dim order by id") == [[n, "b;"] for n in (1, 2, 3, 4)]
    assert warehouse.rows(f"select times, count(*) from {schema}.seen group by times order by times") == [[1, 1], [2, 3]]
    # Nothing is left for the next session.
    assert warehouse.error(apply) == 'ERROR: relation "touched" does not exist'


def test_an_error_raised_inside_is_the_statement_s(warehouse: RunningWarehouse, schema: str) -> None:
    make, apply = f"call {schema}.make(2, 'a')", f"call {schema}.apply()"
    warehouse.done(make, apply, apply)
    failed = warehouse.run(make, apply, "select 1")
    error = "ERROR: seen 3 times, 2 rows; that is too often"
    assert (failed["Status"], failed["Error"]) == ("FAILED", f"Query #2 failed with {error}")
    assert [(part["Status"], part.get("Error")) for part in failed["SubStatements"]] == [
        ("FINISHED", None),
        ("FAILED", error),
        ("ABORTED", None),
    ]
    assert warehouse.rows(f"select distinct times from {schema}.seen") == [[2]]
    assert warehouse.error(f"call {schema}.apply(1)") == f"ERROR: procedure {schema}.apply(integer) does not exist"


def test_a_variable_with_a_column_s_name_is_ambiguous(warehouse: RunningWarehouse, schema: str) -> None:
    sql = f"declare id int := 1; begin delete from {schema}.dim where id = id; end;"
    warehouse.done(f"create procedure {schema}.vague() as $$ {sql} $$ language plpgsql")
    assert warehouse.error(f"call {schema}.vague()") == 'ERROR: column reference "id" is ambiguous'


def test_procedures_are_dropped_and_granted(warehouse: RunningWarehouse, schema: str) -> None:
    role = f"r_{schema}"
    warehouse.done(f"create role {role}")
    warehouse.done(f"grant execute on procedure {schema}.apply() to role {role}")
    warehouse.done(f"grant execute on all procedures in schema {schema} to role {role}")
    warehouse.done(f"grant create on schema {schema} to role {role}")
    warehouse.done(f"grant temp on database warehouse to role {role}")
    warehouse.done(f"grant analyze to role {role}", f"revoke analyze from role {role}")
    assert to_postgres("grant analyze to role a") == []
    warehouse.done(f"drop procedure {schema}.make(rows int, word varchar(20))")
    warehouse.done(f"drop procedure {schema}.apply()")
    assert warehouse.error(f"call {schema}.apply()") == f"ERROR: procedure {schema}.apply() does not exist"
    absent = "Redshift has no drop procedure if exists: use create or replace procedure"
    assert warehouse.error(f"drop procedure if exists {schema}.apply()") == f"ERROR: {absent}"
    assert faults("drop procedure if exists a.b()") == [absent]


def test_a_table_made_of_a_query_is_analyzed(warehouse: RunningWarehouse, schema: str) -> None:
    rows = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 9000) select i as id from n"
    estimate = "explain select * from many"
    done = warehouse.done(f"create temp table many as {rows}", estimate)
    assert done["SubStatements"][0]["ResultRows"] == 9000
    (row, *_) = warehouse.api.get_statement_result(Id=f"{done['Id']}:2")["Records"]
    assert "rows=9000 " in row[0]["stringValue"]
    called = warehouse.done(f"call {schema}.make(7000, 'a')", "explain select * from touched")
    (row, *_) = warehouse.api.get_statement_result(Id=f"{called['Id']}:2")["Records"]
    assert "rows=7000 " in row[0]["stringValue"]
