import { beforeAll, expect, it } from 'vitest';
import { useWarehouse } from '../redshift/warehouse';

useWarehouse();
let handler: (event: unknown) => Promise<void>;
let query: (sql: string) => Promise<unknown[][]>;

beforeAll(async () => {
  ({ handler } = await import('../../../lambdas/analyze-tables/index'));
  ({ query } = await import('../../../lambdas/redshift/run-batch'));
});

const model = (name: string, rowsAdded: number) => ({ name, status: 'succeeded', seconds: 1, rowsAdded, rowsRemoved: 0 });

it('analyzes the tables that the refresh changed, and no other', async () => {
  const analyzed = () =>
    query("select relname from pg_stat_user_tables where analyze_count > 0 and schemaname in ('core', 'marts') order by 1");
  expect(await analyzed()).toEqual([]);
  const models = [model('dim_date', 3), model('fact_sales', 0), model('daily_sales', 1)];
  await handler({ isDone: true, loads: 1, models });
  expect(await analyzed()).toEqual([['daily_sales'], ['dim_date']]);
});
