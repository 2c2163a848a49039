import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../../cli/aws/account';
import type { Parameters } from '../../../cli/redshift/parameters';
import { queryRedshift } from '../../../cli/redshift/query-redshift';
import { startWarehouse, type RunningWarehouse } from '../../local/running-warehouse';

const OUTPUTS: Readonly<Record<string, string>> = {
  WarehouseWorkgroupName: 'assay-local',
  WarehouseDatabaseName: 'warehouse',
};
let warehouse: RunningWarehouse;
let ask: (sql: string, signal?: AbortSignal, parameters?: Parameters) => ReturnType<typeof queryRedshift>;

beforeAll(async () => {
  warehouse = await startWarehouse();
  const credentials = { accessKeyId: 'laptop', secretAccessKey: 'laptop' };
  const account = {
    stage: 'local',
    settings: { endpoint: warehouse.endpoint, region: 'us-east-1', credentials },
    output: (_stack: string, name: string) => Promise.resolve(OUTPUTS[name] ?? ''),
  } as unknown as Account;
  ask = (sql, signal = new AbortController().signal, parameters) => queryRedshift(account, sql, signal, parameters);
});

afterAll(async () => {
  await warehouse.stop();
});

describe('a query of the warehouse', () => {
  it('has its columns and rows; decimals, dates and bigint as text', async () => {
    const sql = `select 1 as one, cast(-9223372036854775807 as bigint) as large, cast(7 as bigint) as small,
      cast(1.50 as decimal(9, 2)) as amount,
      cast('2025-01-31' as date) as day, true as is_true, cast(null as varchar(9)) as nothing, '"longValue":1234567890123456789' as text;`;
    expect(await ask(sql)).toEqual({
      columns: ['one', 'large', 'small', 'amount', 'day', 'is_true', 'nothing', 'text'],
      rows: [[1, '-9223372036854775807', '7', '1.50', '2025-01-31', true, null, '"longValue":1234567890123456789']],
    });
  });

  it('has its parameters, wherever they are named', async () => {
    const sql = `-- which day? it's asked
      with asked as (select cast(:day as date) as day) /* :not */
      select day, cast(:limit as integer) as "limit", :day || ':day' as text from asked; -- done`;
    const parameters = new Map([
      ['day', '2025-01-31'],
      ['limit', '10'],
    ]);
    expect(await ask(sql, undefined, parameters)).toMatchObject({ rows: [['2025-01-31', 10, '2025-01-31:day']] });
    const wrong = ask('select cast(:day as date) as day', undefined, new Map([['day', 'soon']]));
    await expect(wrong).rejects.toThrow('invalid input syntax for type date: "soon"');
  });

  it.each([
    ['select * from core.nothing', 'relation "core.nothing" does not exist'],
    ['delete from core.nothing', 'only reading is allowed here'],
    ['select 1; select 2', 'one statement at a time'],
  ])('%s is refused in one line', async (sql, message) => {
    await expect(ask(sql)).rejects.toThrow(message);
  });

  it('is cancelled where its user ends it', async () => {
    const long = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
      select count(*) from n a, n b, n c where a.i + b.i + c.i = 1`;
    await expect(ask(long, AbortSignal.timeout(500))).rejects.toThrow('aborted');
    expect(await ask('select 1 as one')).toMatchObject({ rows: [[1]] });
  });
});
