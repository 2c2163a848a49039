import { beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { withDatabase } from '../../../lambdas/database/connection';
import { inTransaction } from '../../../lambdas/database/transaction';
import { createDatabase, type TestDatabase } from '../support/database';
import { wireTo } from '../../network/wire';

let database: TestDatabase;
const user = async () =>
  withDatabase(async (client) => (await client.query<Record<string, unknown>>('select current_user')).rows);

beforeEach(async () => {
  database = await createDatabase();
});
describe('withDatabase', () => {
  test('fetches the secret again when the password was rotated since', async () => {
    const role = `rotated_${String(database.secret['dbname'])}`;
    await database.client.query(`create role ${role} login password 'old'`);
    await database.putSecret({ ...database.secret, username: role, password: 'old' });
    await user();
    await database.client.query(`alter role ${role} password 'new'`);
    await database.putSecret({ ...database.secret, username: role, password: 'new' });
    expect(await user()).toEqual([{ current_user: role }]);
  });

  test('refused also with the secret fetched again: DatabaseRefused, and no password in it', async () => {
    await database.putSecret({ ...database.secret, password: 'stale-and-secret' });
    const error = await user().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'DatabaseRefused', kind: 'terminal' });
    expect((error as Error).message).not.toContain('stale-and-secret');
  });

  test('out of reach: DatabaseUnavailable', async () => {
    await database.putSecret({ ...database.secret, port: 1 });
    await expect(user()).rejects.toMatchObject({ name: 'DatabaseUnavailable', kind: 'transient' });
  });

  test('lost in the middle of a transaction: DatabaseUnavailable, and nothing is written', async () => {
    await database.client.query('create table things (id int)');
    const { port, cut, close } = await wireTo(inject('services').postgres.port);
    onTestFinished(close);
    await database.putSecret({ ...database.secret, port });
    const lost = withDatabase((client) =>
      inTransaction(client, async () => {
        await client.query('insert into things values (1)');
        cut();
        await client.query('insert into things values (2)');
      }),
    );
    await expect(lost).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
    expect(await database.rows('select * from things')).toEqual([]);
  });

  test('ended by the server: DatabaseUnavailable', async () => {
    const ended = withDatabase(async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await client.query('select 1');
    });
    await expect(ended).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  });

  test('an error of the SQL is QueryFailed, with its SQLSTATE', async () => {
    const wrong = withDatabase((client) => client.query('select 1 / 0'));
    await expect(wrong).rejects.toMatchObject({ name: 'QueryFailed', message: 'division by zero (SQLSTATE 22012)' });
  });

  test('a secret of another form is an error that shows nothing of it', async () => {
    await database.putSecret({ password: 'stale-and-secret' });
    const error = await user().catch((caught: unknown) => caught);
    expect((error as Error).message).toContain('is not {host, port, username, password, dbname, sslmode?}');
    expect((error as Error).message).not.toContain('stale-and-secret');
  });

  test('closes its connection, after success and after failure', async () => {
    await user();
    await withDatabase(() => Promise.reject(new Error('ours'))).catch(() => undefined);
    const open = "select 1 from pg_stat_activity where application_name = 'assay' and datname = current_database()";
    await expect.poll(async () => (await database.rows(open)).length).toBe(0);
  });
});
