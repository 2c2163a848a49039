import { expect, it } from 'vitest';
import { UsageError } from '../../../cli/failure';
import { readOnlyStatement } from '../../../cli/lake/read-only';

it.each([
  'select 1',
  'SELECT \';insert into x\' as a, "drop;" from t -- delete; from',
  'with a as (select 1), b (c) as (select 2) select * from a, b',
  '(select 1) union (select 2)',
  '/* drop; */ show tables in silver',
  'describe silver.purchases',
  'explain select 1',
  'explain analyze with a as (select 1) select * from a',
  'values (1), (2)',
  "select 'it''s; fine'",
  'select "into", delete_me from t where (a = \'(delete\')',
  'select $$it is; fine$$, $a$drop; $$ too$a$',
])('lets %s read', (sql) => {
  expect(readOnlyStatement(sql)).toBe(sql);
});

it('takes the closing semicolon away, with what comments follow it', () => {
  expect(readOnlyStatement(' select 1 ;; -- done')).toBe('select 1');
});

it("reads what a file's comments stand before and after", () => {
  const statement = "-- what's sold?\n-- grain: a day; key: day\n\n/* delete from t; */ with a as (select 1) select * from a";
  expect(readOnlyStatement(`${statement};\n-- done\n`)).toBe(statement);
});

it.each(['', '   ', ' -- nothing', ';'])('finds %j empty, which is bad usage', (sql) => {
  expect(() => readOnlyStatement(sql)).toThrow(new UsageError('the statement is empty: say what to select'));
});

it.each([
  ['insert into t values (1)', 'this is insert'],
  ['Drop table t', 'this is drop'],
  ['with a as (select 1) insert into t select * from a', 'with … insert'],
  ['with a as (select 1), b as (select (2)) delete from t', 'with … delete'],
  ['with a as (delete from t) select 1 as b', 'with … delete …'],
  ['with a as (select 1), b as (\n-- now\nUPDATE t set c = 1) select * from a', 'with … update …'],
  ['select * from (insert into t values (1)) as a', 'select … insert …'],
  ['select * into marts.t from core.dim_date', 'select … into …'],
  ['explain analyze delete from t', 'explain … delete'],
  ['explain analyze with a as (select 1) insert into t select * from a', 'explain … insert'],
  ['select 1; drop table t', 'one statement at a time'],
  ['from t insert into u select *', 'this is from'],
  ['call system.rollback()', 'this is call'],
])('refuses %s', (sql, message) => {
  expect(() => readOnlyStatement(sql)).toThrow(message);
});
