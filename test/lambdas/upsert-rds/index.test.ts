import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { migrate } from '../../../lambdas/migrate-rds/migrate';
import { MIGRATIONS } from '../../../lambdas/migrate-rds/migrations';
import { handler } from '../../../lambdas/upsert-rds/index';
import { UPSERTS } from '../../../lambdas/upsert-rds/upserts';
import { stage, totals, type Staged } from '../../sql/rds/fixtures';
import { createDatabase, type TestDatabase } from '../support/database';
import { storedRun } from '../support/runs';
import { wireTo } from '../../network/wire';

const TABLE = 'customer_purchase_summary';
let database: TestDatabase;

const load = (name: string, models = [TABLE]) => handler({ run: storedRun(name), models });
const put = (rows: readonly (Omit<Staged, 'runId'> & { readonly run: string })[]) =>
  stage(
    database.client,
    rows.map(({ run, ...row }) => ({ ...row, runId: storedRun(run).runId })),
  );
const staged = () => database.rows(`select run_id from ${TABLE}_staging`);

beforeAll(async () => {
  database = await createDatabase();
  await migrate(await database.connect(), MIGRATIONS);
});
beforeEach(async () => {
  await database.client.query(`truncate ${TABLE}, ${TABLE}_staging, ${TABLE}_tombstones, load_ledger`);
});

describe('upsert-rds', () => {
  test('brings in the staged rows of its run, and no other run’s', async () => {
    await put([
      { run: 'a', customerId: '007', sequence: 1, total: '10.50' },
      { run: 'a', customerId: '1', sequence: 1, total: '0.10' },
      { run: 'b', customerId: '2', sequence: 2 },
    ]);
    const run = storedRun('a');
    expect(await load('a')).toEqual({ ...run, rds: { rows: 2 } });
    expect(await totals(database.client)).toEqual({ '007': '10.50', '1': '0.10' });
    expect(await staged()).toEqual([{ run_id: storedRun('b').runId }]);
    expect(await database.rows('select run_id, target_table, rows_upserted from load_ledger')).toEqual([
      { run_id: run.runId, target_table: TABLE, rows_upserted: '2' },
    ]);
  });

  test('a run without rows is loaded too, with none', async () => {
    expect((await load('a')).rds).toEqual({ rows: 0 });
    expect(await database.rows('select rows_upserted from load_ledger')).toEqual([{ rows_upserted: '0' }]);
  });

  test('a second time it changes nothing and answers the same', async () => {
    await put([{ run: 'a', customerId: '1', sequence: 1, total: '5.00' }]);
    await load('a');
    await put([{ run: 'a', customerId: '1', sequence: 1, total: '99.00' }]);
    expect((await load('a')).rds).toEqual({ rows: 1 });
    expect(await totals(database.client)).toEqual({ '1': '5.00' });
    expect(await staged()).toEqual([]);
  });

  test('the connection breaks after the commit, before the answer: tried again, it is loaded once', async () => {
    await put([{ run: 'a', customerId: '1', sequence: 1, total: '5.00' }]);
    const wire = await wireTo(inject('services').postgres.port, [{ at: 'commit', when: 'after the answer' }]);
    onTestFinished(wire.close);
    await database.useSecret({ ...database.secret, port: wire.port });
    await expect(load('a')).rejects.toMatchObject({ name: 'DatabaseUnavailable', kind: 'transient' });
    await database.useSecret(database.secret);
    expect((await load('a')).rds).toEqual({ rows: 1 });
    expect(await totals(database.client)).toEqual({ '1': '5.00' });
  });

  test('of two attempts to stage a run the later one counts', async () => {
    await put([
      { run: 'a', customerId: '1', sequence: 1, total: '2.00', loadDate: '2025-01-02T00:00:01Z' },
      { run: 'a', customerId: '1', sequence: 1, total: '1.00', loadDate: '2025-01-02T00:00:00Z' },
    ]);
    expect((await load('a')).rds).toEqual({ rows: 1 });
    expect(await totals(database.client)).toEqual({ '1': '2.00' });
  });

  test('a run that was overtaken does not overwrite the later one', async () => {
    await put([
      { run: 'old', customerId: '1', sequence: 4, total: '4.00' },
      { run: 'old', customerId: '2', sequence: 4, total: '4.00' },
      { run: 'new', customerId: '1', sequence: 5, total: '5.00' },
    ]);
    await load('new');
    expect((await load('old')).rds).toEqual({ rows: 1 });
    expect(await totals(database.client)).toEqual({ '1': '5.00', '2': '4.00' });
  });

  test('a tombstone removes its customer, and an overtaken run does not bring it back', async () => {
    await put([
      { run: 'first', customerId: '1', sequence: 1 },
      { run: 'overtaken', customerId: '1', sequence: 2 },
      { run: 'deletes', customerId: '1', sequence: 3, isDeleted: true },
      { run: 'returns', customerId: '1', sequence: 4, total: '7.00' },
    ]);
    await load('first');
    expect((await load('deletes')).rds).toEqual({ rows: 1 });
    await load('overtaken');
    expect(await totals(database.client)).toEqual({});
    await load('returns');
    expect(await totals(database.client)).toEqual({ '1': '7.00' });
  });

  test('a run that comes while a tombstone is under way waits for it, and does not bring the customer back', async () => {
    await put([
      { run: 'first', customerId: '1', sequence: 1 },
      { run: 'overtaken', customerId: '1', sequence: 2 },
      { run: 'deletes', customerId: '1', sequence: 3, isDeleted: true },
    ]);
    await load('first');
    await database.client.query('begin');
    await database.client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [TABLE]);
    await database.client.query(UPSERTS[TABLE] ?? '', [storedRun('deletes').runId]);
    const overtaken = load('overtaken');
    await sleep(300);
    await database.client.query('commit');
    await overtaken;
    expect(await totals(database.client)).toEqual({});
  });

  test('a tombstone that was overtaken removes nothing', async () => {
    await put([
      { run: 'new', customerId: '1', sequence: 5, total: '5.00' },
      { run: 'deletes', customerId: '1', sequence: 4, isDeleted: true },
    ]);
    await load('new');
    expect((await load('deletes')).rds).toEqual({ rows: 0 });
    expect(await totals(database.client)).toEqual({ '1': '5.00' });
  });

  test('ten runs over the same customers at once, each twice: no deadlock, the latest wins', async () => {
    const runs = Array.from({ length: 10 }, (_, index) => index + 1);
    const customers = Array.from({ length: 20 }, (_, index) => `c${index}`);
    for (const run of runs) {
      const order = run % 2 ? customers : customers.toReversed();
      await put(order.map((customerId) => ({ run: `r${run}`, customerId, sequence: run, total: `${run}.00` })));
    }
    await Promise.all([...runs, ...runs].map((run) => load(`r${run}`)));
    expect(await totals(database.client)).toEqual(Object.fromEntries(customers.toSorted().map((id) => [id, '10.00'])));
    expect(await database.rows('select run_id from load_ledger')).toHaveLength(10);
  });

  test('any order and any repetition of runs ends in the same table', async () => {
    const event = fc.record({ customerId: fc.constantFrom('1', '2', '3'), isDeleted: fc.boolean() });
    const runs = fc.array(fc.uniqueArray(event, { selector: (row) => row.customerId, minLength: 1 }), { maxLength: 5 });
    const anyOrder = runs.chain((rows) => {
      const indexes = rows.map((_, index) => index);
      const repeated = fc.shuffledSubarray([...indexes, ...indexes], { minLength: indexes.length * 2 });
      return fc.record({ rows: fc.constant(rows), order: repeated });
    });
    await fc.assert(
      fc.asyncProperty(anyOrder, async ({ rows, order }) => {
        await database.client.query(`truncate ${TABLE}, ${TABLE}_staging, ${TABLE}_tombstones, load_ledger`);
        const sequenceOf = (index: number) => index + 1;
        await put(
          rows.flatMap((run, index) =>
            run.map((row) => ({ ...row, run: `r${index}`, sequence: sequenceOf(index), total: `${index}.00` })),
          ),
        );
        for (const index of order) await load(`r${index}`);
        const last = new Map(
          rows.flatMap((run, index) => run.map((row) => [row.customerId, row.isDeleted ? undefined : `${index}.00`] as const)),
        );
        const expected = Object.fromEntries([...last].filter(([, total]) => total !== undefined));
        expect(await totals(database.client)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('knows the SQL of every model in sql/rds/upsert', async () => {
    const files = await readdir('sql/rds/upsert');
    expect(Object.keys(UPSERTS).map((model) => `${model}.sql`)).toEqual(files.sort());
  });

  test('a model without SQL is an error that names the missing file', async () => {
    await expect(load('a', ['forgotten'])).rejects.toThrow('no sql/rds/upsert/forgotten.sql');
  });
});
