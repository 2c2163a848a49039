import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from './alerts';
import { assay, assayJson, type RunSummary } from './assay';
import { dbt, rowsWritten } from './dbt';
import { objectsOf, stackOutput } from './lake-objects';
import { TestLaptop } from './laptop';
import { contentOf, DAILY, FILES, RAW_ROWS, STAGED } from './retail-files';

/** Partners' stores and sales: from the inbox to Snowflake as they are, then dbt. */

const laptop = new TestLaptop('acceptance');
const folder = mkdtempSync(join(tmpdir(), 'assay retail '));
const path = (name: string) => join(folder, name);
let runs: readonly RunSummary[];

const snowflake = (sql: string) => laptop.rows('snowflake', sql);
const drop = (...names: string[]) => assayJson<RunSummary[]>(laptop.name, ['drop', ...names.map(path)]);
const refused = (name: string) => assayJson<RunSummary[]>(laptop.name, ['drop', path(name)], 1);
const MARTS = {
  store: 'select sales_date, store_token, region, amount, transactions from marts.daily_sales_by_store order by 1, 2',
  region: 'select * from marts.daily_sales_by_region order by 1, 2',
  baskets: 'select * from marts.daily_baskets order by 1, 2',
};
const marts = async () =>
  Object.fromEntries(
    await Promise.all(Object.entries(MARTS).map(async ([name, sql]) => [name, await snowflake(sql)] as const)),
  );
const rawRows = async () => {
  const counted = await snowflake(
    'select file_name, count(*) from raw.sales group by 1 union all select file_name, count(*) from raw.stores group by 1',
  );
  return Object.fromEntries(counted) as Record<string, number>;
};

beforeAll(async () => {
  await laptop.startClean();
  for (const file of FILES) writeFileSync(path(file.name), contentOf(file));
  // Not in the order of their days: the last one first.
  runs = await drop(...FILES.map(({ name }) => name).reverse());
}, 600_000);

afterAll(async () => {
  await laptop.discard();
  rmSync(folder, { recursive: true, force: true });
});

describe('files with and without a header, late, corrected, in any order', () => {
  it('are all loaded, and counted', () => {
    expect(Object.fromEntries(runs.map(({ file, status }) => [file, status]))).toEqual(
      Object.fromEntries(FILES.map(({ name }) => [name, 'succeeded'])),
    );
    expect(Object.fromEntries(runs.map(({ file, rows }) => [file, rows?.published]))).toEqual(RAW_ROWS);
  });

  it('are in RAW row by row, with their batch date', async () => {
    expect(await rawRows()).toEqual(RAW_ROWS);
    const north = await snowflake(
      `select file_row_number, transaction_id, amount, extra, batch_date from raw.sales
      where file_name = 'sales_20250111_NORTH.csv' order by 1`,
    );
    expect(north).toEqual([
      [1, 'T4', '20.00', null, '2025-01-11'],
      [2, 'transaction_id', 'amount', null, '2025-01-11'],
      [3, 'T5', '7.25', 'more', '2025-01-11'],
      [4, 'T6', 'much', null, '2025-01-11'],
      [5, 'T7', '-3.25', null, '2025-01-11'],
    ]);
  });

  it('are in staging once a key, with the latest values; what breaks a rule says which', async () => {
    const staged = 'select store_token, transaction_id, amount, batch_date from staging.stg_sales order by 1, 2';
    expect(await snowflake(staged)).toEqual(STAGED);
    expect(await snowflake('select transaction_id, rejected_for from staging.stg_sales_rejected order by 1')).toEqual([
      ['T5', 'more cells than columns'],
      ['T6', 'amount: not a decimal(18, 2)'],
    ]);
    expect(await snowflake("select state from staging.stg_stores where store_token = 'S1'")).toEqual([['VIC']]);
  });

  it('are in the marts, which are as a full rebuild makes them', async () => {
    const incremental = await marts();
    expect(incremental['store']).toEqual(DAILY);
    expect(await dbt(laptop.name, 'run', '--full-refresh')).toBe(0);
    expect(await marts()).toEqual(incremental);
  });

  it('are archived by type and day, and the inbox is empty', async () => {
    const { endpoint } = laptop;
    const bucket = (name: string) => stackOutput(endpoint, 'assay-local-lake', `${name}BucketName`);
    const archived = await objectsOf(endpoint, await bucket('Archive'), 'history/');
    expect([...archived].map(([key, bytes]) => [key, bytes.toString()]).sort()).toEqual(
      FILES.map((file) => {
        const [type = '', date = ''] = file.name.split(/[_.]/);
        const day = `year=${date.slice(0, 4)}/month=${date.slice(4, 6)}/day=${date.slice(6)}`;
        return [`history/${type}/${day}/${file.name}`, contentOf(file)];
      }).sort(),
    );
    expect((await objectsOf(endpoint, await bucket('Inbox'))).size).toBe(0);
  });
});

describe('again', () => {
  it('the same file changes nothing', async () => {
    expect(await drop('sales_20250110.csv')).toMatchObject([{ status: 'skipped' }]);
    expect(await rawRows()).toEqual(RAW_ROWS);
  });

  it('dbt with nothing new writes no row of staging, and of the marts the window alone', async () => {
    expect(await dbt(laptop.name, 'build')).toBe(0);
    const written = rowsWritten(laptop.name);
    expect(written).toMatchObject({ stg_sales: 0, stg_stores: 0 });
    // All six days are within eight days of the last batch.
    expect(written['daily_sales_by_store']).toBe(DAILY.length);
    expect(await dbt(laptop.name, 'docs', 'generate')).toBe(0);
  });

  it('a newer version of a file takes the place of its rows', async () => {
    const lines = ['S1,T1,R1,2025-01-10 09:00:00,12.00,STAFF'];
    writeFileSync(path('sales_20250112.csv'), contentOf({ name: 'sales_20250112.csv', header: false, lines }));
    expect(await drop('sales_20250112.csv')).toMatchObject([{ status: 'succeeded', rows: { published: 1 } }]);
    expect(await rawRows()).toEqual({ ...RAW_ROWS, 'sales_20250112.csv': 1 });
    const rest = "select transaction_id, amount from staging.stg_sales where batch_date = '2025-01-12'";
    expect(await snowflake(rest)).toEqual([['T1', '12.00']]);
  });
});

describe('a newer version without a row', () => {
  const name = 'sales_20250111_SOUTH.csv';
  const staged = "select transaction_id, amount from staging.stg_sales where transaction_id = 'T8'";

  it('takes its rows away, from staging too', async () => {
    writeFileSync(path(name), contentOf({ name, header: true, lines: [] }));
    expect(await drop(name)).toMatchObject([{ status: 'succeeded', rows: { published: 0 } }]);
    expect(await rawRows()).not.toHaveProperty(name);
    expect(await snowflake(staged)).toEqual([]);
  });

  it('and the first one, dropped again, brings them back', async () => {
    writeFileSync(path(name), contentOf(FILES.find((file) => file.name === name) ?? { name, header: true, lines: [] }));
    expect(await drop(name)).toMatchObject([{ status: 'succeeded', rows: { published: 1 } }]);
    expect(await snowflake(staged)).toEqual([['T8', '100.00']]);
  });
});

describe('a batch older than the window', () => {
  const day = "select amount from marts.daily_sales_by_store where sales_date = '2024-12-01'";

  it('is in staging and not in the marts, which says so, until they are built from its day on', async () => {
    const lines = ['S1,T100,R1,2024-12-01 09:00:00,9.00,STAFF'];
    writeFileSync(path('sales_20241201.csv'), contentOf({ name: 'sales_20241201.csv', header: true, lines }));
    expect(await drop('sales_20241201.csv')).toMatchObject([{ status: 'succeeded' }]);
    expect(await snowflake(day)).toEqual([]);
    expect(await snowflake('select distinct sales_date from marts.marts_behind')).toEqual([['2024-12-01']]);
    const { stdout } = await assay(laptop.name, 'refresh', 'snowflake', '--from', '2024-12-01');
    expect(stdout).toContain('rebuild_from');
    expect(stdout).toContain('succeeded');
    expect(await snowflake(day)).toEqual([['9.00']]);
    expect(await snowflake('select * from marts.marts_behind')).toEqual([]);
  });
});

describe('a file that cannot be loaded', () => {
  it('stays in the inbox, leaves RAW as it was, and is told once', async () => {
    const { endpoint } = laptop;
    const topic = await stackOutput(endpoint, 'assay-local-pipelines', 'FailureTopicArn');
    const mailbox = await Mailbox.subscribedTo(topic, endpoint, 'retail-failures');
    const before = await rawRows();
    const rows = Array.from({ length: 9000 }, (_, index) => `S1,X${index},R1,2025-01-13 09:00:00,1.00,STAFF\n`).join('');
    // Far behind what is looked at before the load: no UTF-8.
    writeFileSync(path('sales_20250113.csv'), Buffer.concat([Buffer.from(rows), Buffer.from([0xff, 0xfe, 0x0a])]));
    const [run] = await refused('sales_20250113.csv');
    expect(run).toMatchObject({ status: 'failed', error: { name: 'QueryFailed' } });
    expect(await rawRows()).toEqual(before);
    const messages = await mailbox.empty();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('Step: LoadSnowflake');
    const inbox = await stackOutput(endpoint, 'assay-local-lake', 'InboxBucketName');
    expect([...(await objectsOf(endpoint, inbox)).keys()]).toEqual(['sales_20250113.csv']);
  });

  it.each([
    ['sales_2025011.csv', 'UnknownFileName'],
    ['SALES-20250111.CSV', 'UnknownFileName'],
    ['sales_20250231.csv', 'UnknownFileName'],
    ['sales_20250114.csv', 'NoRowFits'],
    ['stores_20250114.csv', 'NoRowFits', 'S1,T1,R1,2025-01-11 09:00:00,12.50,\n'],
  ])('%s: %s', async (name, error, row = 'North,S1,Alpha,Sydney,NSW,2020-01-01\n') => {
    // A file of stores under a name of sales, and the other way round: six cells a row, too.
    writeFileSync(path(name), row);
    expect(await refused(name)).toMatchObject([{ status: 'failed', error: { name: error } }]);
  });

  it('and no command shows scores that there are not', async () => {
    expect((await assay(laptop.name, 'quality', 'sales')).stderr).toContain('sales goes to Snowflake as it is');
  });
});
