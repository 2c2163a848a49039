import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/query-rds/index';
import { createDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  const name = String(database.secret['dbname']);
  await database.client.query(`alter database ${name} set timezone = 'Australia/Sydney'`);
  await database.client.query('create table money (id bigint, amount numeric(18, 2), day date)');
});
beforeEach(async () => {
  await database.client.query("truncate money; insert into money values (9223372036854775807, 0.10, '2025-02-28')");
});

const amounts = () => database.rows('select amount from money');

describe('query-rds', () => {
  test('gives decimals, bigints and dates as exact text, and small numbers as numbers', async () => {
    const sql = `
      select id, amount, day, 1 as one, true as yes, null as nothing, timestamptz '2025-01-01 10:00+10' as time
      from money; -- with a semicolon and a remark`;
    expect(await handler({ sql })).toEqual({
      columns: ['id', 'amount', 'day', 'one', 'yes', 'nothing', 'time'],
      rows: [['9223372036854775807', '0.10', '2025-02-28', 1, true, null, '2025-01-01 00:00:00+00']],
    });
  });

  test('names the columns of an answer without rows', async () => {
    expect(await handler({ sql: 'select id from money where false' })).toEqual({ columns: ['id'], rows: [] });
  });

  test.each([
    'delete from money',
    'with gone as (delete from money returning *) select * from gone',
    'select 1; delete from money',
    'commit; delete from money',
    "copy money to program 'true'",
    'drop table money',
    "select setval(pg_get_serial_sequence('money', 'id'), 1); rollback; truncate money",
  ])('refuses %s', async (sql) => {
    await expect(handler({ sql })).rejects.toThrow();
    expect(await amounts()).toEqual([{ amount: '0.10' }]);
  });

  test('refuses a function that writes', async () => {
    await database.client.query(`create or replace function lose() returns int language plpgsql
      as $$ begin delete from money; return 1; end $$`);
    await expect(handler({ sql: 'select lose()' })).rejects.toThrow('read-only transaction');
    expect(await amounts()).toEqual([{ amount: '0.10' }]);
  });

  test('refuses an answer too large to send, naming the limit', async () => {
    await expect(handler({ sql: 'select * from generate_series(1, 10001)' })).rejects.toMatchObject({
      name: 'TooManyRows',
      message: 'the answer has more than 10000 rows; add a limit',
    });
    expect((await handler({ sql: 'select * from generate_series(1, 10000)' })).rows).toHaveLength(10_000);
  });

  test('says what is wrong with the SQL', async () => {
    await expect(handler({ sql: 'select amont from money' })).rejects.toMatchObject({
      name: 'QueryFailed',
      message: 'column "amont" does not exist (SQLSTATE 42703)',
    });
  });

  test('refuses an empty question', async () => {
    await expect(handler({ sql: ' ' })).rejects.toThrow();
  });
});
