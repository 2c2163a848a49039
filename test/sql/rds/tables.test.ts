import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { rdsDdl } from '../../../contracts/table-ddl';
import { migrate } from '../../../lambdas/migrate-rds/migrate';
import { MIGRATIONS } from '../../../lambdas/migrate-rds/migrations';
import { createDatabase, type TestDatabase } from '../../lambdas/support/database';
import { stage } from './fixtures';

const MODELS = loadContracts('contracts')
  .filter(({ targets }) => targets.includes('rds'))
  .flatMap(({ models }) => models);
let database: TestDatabase;

interface ColumnFacts {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

async function columnsOf(table: string): Promise<ColumnFacts[]> {
  const rows = await database.rows(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable
     from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum`,
    [table],
  );
  return rows as unknown as ColumnFacts[];
}

const primaryKeyOf = async (table: string) =>
  (
    await database.rows(
      'select pg_get_constraintdef(oid) as key from pg_constraint where conrelid = $1::regclass and contype = $2',
      [table, 'p'],
    )
  ).map(({ key }) => key);

beforeAll(async () => {
  database = await createDatabase();
  await migrate(await database.connect(), MIGRATIONS);
});

describe.each(MODELS)('the tables of $name', (model) => {
  test('have the columns, types and key of the contract', async () => {
    const expected = `expected_${model.name}`;
    await database.client.query(rdsDdl(model).replace(` ${model.name} (`, ` ${expected} (`).replace('_pkey', '_expected'));
    expect(await columnsOf(model.name)).toEqual(await columnsOf(expected));
    expect(await primaryKeyOf(model.name)).toEqual(await primaryKeyOf(expected));
  });

  test('stage the same columns, with what a load needs to know', async () => {
    const own = ['silver_sequence', 'updated_at'];
    const typed = ({ name, type }: ColumnFacts) => `${name} ${type}`;
    const business = (await columnsOf(model.name)).filter(({ name }) => !own.includes(name)).map(typed);
    expect((await columnsOf(`${model.name}_staging`)).map(typed)).toEqual([
      ...business,
      'load_date timestamp with time zone',
      'run_id text',
      'silver_sequence bigint',
      'is_deleted boolean',
    ]);
  });

  test('have an upsert that reads their staging table', async () => {
    const sql = await readFile(`sql/rds/upsert/${model.name}.sql`, 'utf8');
    expect(sql).toContain(`from ${model.name}_staging`);
  });
});

test('the five who spent most come from an index, ties by customer_id', async () => {
  const topCustomers = await readFile('sql/rds/queries/top_customers.sql', 'utf8');
  const rows = Array.from({ length: 500 }, (_, index) => ({
    customerId: String(index).padStart(3, '0'),
    runId: 'top',
    sequence: 1,
    total: `${Math.floor(index / 3)}.10`,
  }));
  await stage(database.client, rows);
  await database.client.query(await readFile('sql/rds/upsert/customer_purchase_summary.sql', 'utf8'), ['top']);
  const top = await database.rows(topCustomers);
  expect(top.map(({ customer_id, total_spent_aud }) => `${String(customer_id)} ${String(total_spent_aud)}`)).toEqual([
    '498 166.10',
    '499 166.10',
    '495 165.10',
    '496 165.10',
    '497 165.10',
  ]);
  await database.client.query('analyze customer_purchase_summary');
  await database.client.query('set enable_seqscan = off');
  const plan = await database.rows(`explain ${topCustomers}`);
  expect(JSON.stringify(plan)).toContain('idx_total_spent_desc');
});
