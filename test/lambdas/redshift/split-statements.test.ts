import { expect, it } from 'vitest';
import { splitStatements } from '../../../lambdas/redshift/split-statements';

it('takes a file apart, without its comments and without semicolons inside lines', () => {
  const sql = "-- what it is; really\ncreate schema a;\n\n-- next\ninsert into t\nvalues ('a; b');\n";
  expect(splitStatements(sql)).toEqual(['create schema a', "insert into t\nvalues ('a; b')"]);
});
