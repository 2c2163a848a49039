"""Procedures of the warehouse: translated, refused, and run."""

from __future__ import annotations

import pytest
from emulator.redshift_dialect import NotRedshift, NotTranslated, to_postgres
from emulator.redshift_dialect_check import faults

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
