"""Procedures of the warehouse: translated, refused, and run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulator.redshift_dialect import NotRedshift, NotTranslated, to_postgres
from emulator.redshift_dialect_check import faults
from running_warehouse import RunningWarehouse

WHOLE = """-- a comment; with a semicolon
create or replace procedure core.p(a int, b in decimal(18, 2)) as $body$
declare
    n bigint := 0;
    at varchar(20) not null default nvl('x', 'y');
begin
    -- another; one
    drop table if exists t;
    create temp table t distkey (x) as with s as (select a as x) select x from s;
    select count(*), max(getdate()) into n, at from t where x > 1;
    select into n count(*) from t;
    with q as (select 1 as one) select one into n from q;
    if case when n > 0 then true else false end and exists (select 1 from t) then
        insert into core.z select nvl(x, 1), 'it''s; end' from t;
    elsif n = 3 then
        delete from core.z using t as u where core.z.x = u.x;
    else
        raise info 'n is %; % %%', n, at;
    end if;
    update core.z set x = t.x from t where t.y = z.y;
    lock table core.z; analyze core.z; call core.q('a', -1.5, null);
    raise exception 'none';
end;
$body$ language plpgsql security definer;"""

TRANSLATED = """create or replace procedure core.p(a INT, b DECIMAL(18, 2)) language plpgsql security definer as $assay$
declare
n BIGINT := 0;
at VARCHAR(20) NOT NULL := COALESCE('x', 'y');
begin
DROP TABLE IF EXISTS t;
CREATE TEMPORARY TABLE t AS WITH s AS (SELECT a AS x) SELECT x FROM s;
analyze t;
SELECT COUNT(*), MAX(GETDATE()) FROM t WHERE x > 1 into n, at;
SELECT COUNT(*) FROM t into n;
WITH q AS (SELECT 1 AS one) SELECT one FROM q into n;
if CASE WHEN n > 0 THEN TRUE ELSE FALSE END AND EXISTS(SELECT 1 FROM t) then
INSERT INTO core.z SELECT COALESCE(x, 1), 'it''s; end' FROM t;
elsif n = 3 then
DELETE FROM core.z USING t AS u WHERE core.z.x = u.x;
else
raise info 'n is %; % %%', n, at;
end if;
UPDATE core.z SET x = t.x FROM t WHERE t.y = z.y;
lock table core.z in access exclusive mode;
analyze core.z;
call core.q('a', -1.5, null);
raise exception 'none';
end;
$assay$"""


def test_a_procedure_is_translated() -> None:
    assert to_postgres(WHOLE) == [TRANSLATED]
    assert faults(f"select 1; {WHOLE}; {WHOLE}") == []


def body(text: str) -> str:
    return f"create procedure core.p() as $$ {text} $$ language plpgsql"


# By what is said of it.
NOT_TRANSLATED = {
    body(
        "begin delete from t; for i in 1..2 loop delete from t; end loop; end"
    ): "core.p(), statement 2: a loop in a procedure",
    body("begin while true loop null; end loop; end"): "statement 1: a loop",
    body("declare n int; begin n := 1; end"): "statement 1: an assignment in a procedure, for which there is select … into,",
    body("begin execute 'drop table t'; end"): "statement 1: execute",
    body("begin delete from t; exception when others then null; end"): "statement 2: an exception block",
    body("begin begin delete from t; end; end"): "statement 1: a block in a block",
    body("begin truncate t; end"): "statement 1: truncate, which commits there,",
    body("begin commit; end"): "statement 1: commit",
    body("begin rollback; end"): "statement 1: rollback",
    body("begin if true then return; end if; end"): "statement 2: return",
    body("declare c cursor for select 1; begin end"): "declaration: a cursor",
    body("declare r record; begin end"): "declaration: record",
    body("declare a t.b%type; begin end"): "declaration: %type",
    body("begin copy t from 's3://a/b' iam_role default format as parquet; end"): "statement 1: copy",
    body("begin call q(1 + 1); end"): 'statement 1, "call q(1 + 1)": call with anything but literals',
    body("declare n int; begin select farmfingerprint64('a') into n; end"): "function farmfingerprint64()",
    body("declare s super; begin end"): 'declaration, "s super": type super',
    "create procedure p(a inout int) as $$ begin end $$ language plpgsql": "inout in the parameters",
    "create procedure p() nonatomic as $$ begin end $$ language plpgsql": "nonatomic",
    "create procedure p() as $$ begin end $$ language plpgsql set query_group to 'a'": "set",
}


@pytest.mark.parametrize("sql", NOT_TRANSLATED)
def test_what_the_laptop_lacks_is_refused_by_name(sql: str) -> None:
    with pytest.raises(NotTranslated) as refused:
        to_postgres(sql)
    assert NOT_TRANSLATED[sql] in str(refused.value)
    assert faults(sql) == []


FAULTS = {
    body("begin delete from t; insert into t select now(); delete from t u; end"): [
        'core.p(), statement 2, "insert into t select now()": now() runs on Redshift\'s leader node alone and fails'
        " beside a table: use getdate() or sysdate",
        'core.p(), statement 3, "delete from t u": the target of delete takes no alias: use the table\'s name',
    ],
    body("declare n int; begin if exists (select 1 where now() > n) then delete from t; end if; end"): [
        'core.p(), statement 1, "exists (select 1 where now() > n)": now() runs on Redshift\'s leader node alone and fails'
        " beside a table: use getdate() or sysdate"
    ],
    body("declare n jsonb := array[1]; begin end"): [
        'core.p(), declaration, "n jsonb": type "jsonb" does not exist',
        'core.p(), declaration, "array[1]": Redshift has no arrays of PostgreSQL\'s kind',
    ],
    body("declare n int; begin select count(*) filter (where a = 1) into n from t; end"): [
        'core.p(), statement 1, "select count(*) filter (where a = 1) from t": '
        "Redshift has no filter (where …): use case inside the aggregate"
    ],
    body("begin select 1; end"): ["core.p(), statement 1: query has no destination for result data"],
    body("begin select 1 into k; end"): ['core.p(), statement 1: "k" is not a known variable'],
    body("declare n int; begin select 1 into strict n; end"): ['core.p(), statement 1: "strict" is not a known variable'],
    body("begin with x as (select 1) insert into t select * from x; end"): [
        'core.p(), statement 1, "with x as (select 1) insert into t select * from x": '
        "Redshift has no with … before insert: write it after insert into …"
    ],
    body("begin vacuum t; end"): ["core.p(), statement 1: VACUUM cannot run inside a transaction block"],
    body("declare n int; begin raise exception 'a %', n + 1; end"): [
        "core.p(), statement 1: raise takes variables, no expressions"
    ],
    body("begin raise exception 'a %', n; end"): ['core.p(), statement 1: "n" is not a known variable'],
    body("begin raise 'a'; end"): [
        "core.p(), statement 1: expected raise exception|info|log|notice|warning 'format' [, variable …]"
    ],
    body("begin if true then delete from t; end; end"): ['core.p(), statement 2: syntax error at or near ";": expected end if'],
    body("begin delete from t"): ["core.p(), statement 1: syntax error after 'delete from t': expected ;"],
    body("begin ; end"): ['core.p(), statement 1: syntax error at or near ";"'],
    body("declare n int; end"): ["core.p(), declaration: syntax error after 'end': expected ;"],
    body("begin end; delete from t;"): ['core.p(), declaration: syntax error at or near "delete", after the end of the body'],
    "create procedure p() language plpgsql as $$ begin end $$": [
        "syntax error: expected create [or replace] procedure name([name type, …]) as $$ … $$ language plpgsql"
        " [security invoker|definer]"
    ],
}


@pytest.mark.parametrize("sql", FAULTS)
def test_a_fault_has_its_statement(sql: str) -> None:
    assert faults(sql) == FAULTS[sql]
    with pytest.raises(NotRedshift) as refused:
        to_postgres(sql)
    assert str(refused.value) == FAULTS[sql][0]


# As a refresh goes: what a procedure leaves in temporary tables is what the next ones work on.
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
