import { expect, it } from 'vitest';
import { UsageError } from '../../../cli/failure';
import { checkParameters } from '../../../cli/redshift/parameters';

const check =
  (sql: string, ...names: string[]) =>
  () => {
    checkParameters(sql, new Map(names.map((name) => [name, 'x'])));
  };

it.each([
  ['select 1'],
  ['select :a, cast(:b as date), :a', 'a', 'b'],
  ['select 1 where x >= :from_day and x<=:to_day', 'to_day', 'from_day'],
  ['select a::date, x::varchar(9), timestamp \'2025-01-01 10:a:b\', "a :c", $$ :d $$ -- :e\n/* :f */, :g', 'g'],
])('takes %s with the values of all its parameters', (sql, ...names) => {
  expect(check(sql, ...names)).not.toThrow();
});

it.each([
  ['select 1', ['a'], 'the SQL does not name :a: it has no parameter'],
  ['select :a, :b', ['a', 'c', 'd'], 'the SQL does not name :c, :d: it has :a, :b'],
  ["select ':c'", ['c'], 'the SQL does not name :c: it has no parameter'],
  ['select :a, :b, :c', ['b'], 'no value for :a, :c: give each one with --param NAME=VALUE'],
])('of %s with values for %j it says what is wrong', (sql, names, message) => {
  expect(check(sql, ...names)).toThrow(new UsageError(message));
});
