import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  GetStatementResultCommand,
  ListStatementsCommand,
  RedshiftDataClient,
  ResourceNotFoundException,
  ValidationException,
  paginateGetStatementResult,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWarehouse, type RunningWarehouse } from '../running-warehouse';

const PLACE = { WorkgroupName: 'assay-local', Database: 'warehouse' };
const LONG = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
  select count(*) from n a, n b, n c where a.i + b.i + c.i = 1`;

let warehouse: RunningWarehouse;
let api: RedshiftDataClient;

beforeAll(async () => {
  warehouse = await startWarehouse();
  const credentials = { accessKeyId: 'laptop', secretAccessKey: 'laptop' };
  api = new RedshiftDataClient({ endpoint: warehouse.endpoint, region: 'us-east-1', credentials });
});

afterAll(async () => {
  expect(await warehouse.stop()).toBe(0);
});

async function ended(Id: string | undefined): Promise<DescribeStatementCommandOutput> {
  for (;;) {
    const described = await api.send(new DescribeStatementCommand({ Id }));
    if (['FINISHED', 'FAILED', 'ABORTED'].includes(described.Status ?? '')) return described;
    await sleep(20);
  }
}

async function run(Sql: string, more: Partial<ExecuteStatementCommandInput> = {}): Promise<DescribeStatementCommandOutput> {
  return ended((await api.send(new ExecuteStatementCommand({ Sql, ...PLACE, ...more }))).Id);
}

async function runBatch(...Sqls: string[]): Promise<DescribeStatementCommandOutput> {
  return ended((await api.send(new BatchExecuteStatementCommand({ Sqls, ...PLACE }))).Id);
}

describe('the Data API, asked by the JavaScript SDK', () => {
  it('describes a statement that succeeded', async () => {
    const done = await run('select 1 as one');
    expect(done).toMatchObject({
      Status: 'FINISHED',
      HasResultSet: true,
      ResultRows: 1,
      QueryString: 'select 1 as one',
      ...PLACE,
    });
    expect(done.CreatedAt).toBeInstanceOf(Date);
    expect(done.Duration).toBeGreaterThan(0);
    expect(done.Error).toBeUndefined();
  });

  it('answers with fields and types', async () => {
    const { Id } = await run(
      `select 42::bigint as big, 12345678901234.50::decimal(18, 2) as money, 0.1::float8 as part, true as flag,
       null::varchar as nothing, date '2024-02-29' as day, timestamp '2024-02-29 01:02:03' as at, 'ü' as name, 'NaN'::float as nan`,
    );
    const answer = await api.send(new GetStatementResultCommand({ Id }));
    expect(answer.Records).toEqual([
      [
        { longValue: 42 },
        { stringValue: '12345678901234.50' },
        { doubleValue: 0.1 },
        { booleanValue: true },
        { isNull: true },
        { stringValue: '2024-02-29' },
        { stringValue: '2024-02-29 01:02:03' },
        { stringValue: 'ü' },
        { doubleValue: NaN },
      ],
    ]);
    const types = answer.ColumnMetadata?.map(({ name, typeName }) => [name, typeName]);
    expect(types?.slice(0, 3)).toEqual([
      ['big', 'int8'],
      ['money', 'numeric'],
      ['part', 'float8'],
    ]);
  });

  it('says why a statement failed', async () => {
    expect(await run('select * from nowhere')).toMatchObject({
      Status: 'FAILED',
      Error: 'ERROR: relation "nowhere" does not exist',
    });
  });

  it('rolls a batch back', async () => {
    await run('create table kept (id int not null)');
    const failed = await runBatch('insert into kept values (1)', 'insert into kept values (null)', 'select 1');
    expect(failed.Error).toBe('Query #2 failed with ERROR: Cannot insert a NULL value into column id');
    expect(failed.SubStatements?.map(({ Id, Status }) => [Id, Status])).toEqual([
      [`${failed.Id}:1`, 'FINISHED'],
      [`${failed.Id}:2`, 'FAILED'],
      [`${failed.Id}:3`, 'ABORTED'],
    ]);
    const { Id } = await runBatch('insert into kept values (2)', 'select id from kept');
    const { Records } = await api.send(new GetStatementResultCommand({ Id: `${Id}:2` }));
    expect(Records).toEqual([[{ longValue: 2 }]]);
  });

  it('takes parameters', async () => {
    const Parameters = [{ name: 'day', value: '2024-02-29' }];
    const { Id } = await run(`select date '2024-03-01' - :day::date`, { Parameters });
    expect((await api.send(new GetStatementResultCommand({ Id }))).Records).toEqual([[{ longValue: 1 }]]);
  });

  it('pages', async () => {
    const done = await run(
      'with recursive n (i) as (select 1 union all select i + 1 from n where i < 1001) select i from n order by 1',
    );
    const sizes: number[] = [];
    for await (const page of paginateGetStatementResult({ client: api }, { Id: done.Id }))
      sizes.push(page.Records?.length ?? 0);
    expect(sizes).toEqual([1000, 1]);
  });

  it('submits once for one token', async () => {
    const request = { Sql: 'select 1', ClientToken: randomUUID(), ...PLACE };
    const [first, second] = await Promise.all([1, 2].map(() => api.send(new ExecuteStatementCommand(request))));
    expect(second?.Id).toBe(first?.Id);
    const other = api.send(new ExecuteStatementCommand({ ...request, Sql: 'select 2' }));
    await expect(other).rejects.toBeInstanceOf(ValidationException);
  });

  it('cancels, and lists', async () => {
    const StatementName = randomUUID();
    const { Id } = await api.send(new ExecuteStatementCommand({ Sql: LONG, StatementName, ...PLACE }));
    while ((await api.send(new DescribeStatementCommand({ Id }))).Status !== 'STARTED') await sleep(20);
    expect((await api.send(new CancelStatementCommand({ Id }))).Status).toBe(true);
    expect((await ended(Id)).Status).toBe('ABORTED');
    const listed = await api.send(new ListStatementsCommand({ StatementName, Status: 'ABORTED' }));
    expect(listed.Statements?.map((statement) => [statement.Id, statement.QueryString])).toEqual([[Id, LONG]]);
  });

  it('fails in the shapes of its model', async () => {
    const unknown = randomUUID();
    const error = await api.send(new DescribeStatementCommand({ Id: unknown })).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({ message: 'Query does not exist.', ResourceId: unknown });
    const tooLong = api.send(new ExecuteStatementCommand({ Sql: `select '${'x'.repeat(102_400)}'`, ...PLACE }));
    await expect(tooLong).rejects.toThrow('exceeds the maximum of 102400 bytes');
  });
});
