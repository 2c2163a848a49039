import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StoredRun } from '../../../contracts/run';
import { publishedDdl } from '../../../contracts/snowflake-published';
import { SNOWFLAKE_USERS } from '../../../contracts/snowflake-users';
import type { SnowflakeSession } from '../../../lambdas/snowflake/sql-api';
import { startSnowflake, type StartedSnowflake } from '../../local/started-snowflake';
import { parquetOf, TABLE, type ChangedRow } from '../redshift/warehouse';
import { storedRun } from '../support/runs';
import { LosingProxy } from './losing-proxy';

/** On the laptop's Snowflake, with what gets lost on the way to a real one. */
let snowflake: StartedSnowflake;
let proxy: LosingProxy;
let s3: S3Client;
let publish: (run: StoredRun) => Promise<unknown>;
let query: (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

beforeAll(async () => {
  snowflake = await startSnowflake();
  await snowflake.define('05_returns.sql', `use role sysadmin;\n${publishedDdl(TABLE)};\n`);
  proxy = new LosingProxy(snowflake.url);
  const { user, role, warehouse } = SNOWFLAKE_USERS.loader;
  const secret = { user, privateKey: snowflake.keys.loader.private };
  const { ARN } = await new SecretsManagerClient({}).send(
    new CreateSecretCommand({ Name: 'publish-snowflake', SecretString: JSON.stringify(secret) }),
  );
  const [bucket, folder] = snowflake.lake.split('/');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: snowflake.endpoint,
    WORK_BUCKET: bucket,
    WORK_PREFIX: `${folder}/`,
    SNOWFLAKE_URL: await proxy.start(),
    SNOWFLAKE_ACCOUNT: 'LAPTOP',
    SNOWFLAKE_DATABASE: 'ASSAY',
    SNOWFLAKE_WAREHOUSE: warehouse,
    SNOWFLAKE_ROLE: role,
    SNOWFLAKE_SECRET_ARN: ARN,
  });
  s3 = new S3Client({ endpoint: snowflake.endpoint, forcePathStyle: true });
  // Imported now: the client reads the endpoint when it is made.
  const { handler } = await import('../../../lambdas/publish-snowflake/index');
  const { execute } = await import('../../../lambdas/snowflake/sql-api');
  const session: SnowflakeSession = {
    ...{ url: snowflake.url, account: 'LAPTOP', database: 'ASSAY', warehouse, role },
    secret: () => Promise.resolve(secret),
  };
  publish = (run) => handler({ run, table: { columns: TABLE.columns, primaryKey: TABLE.primaryKey } });
  query = async (sql) => (await execute(session, { sql })).rows;
});

afterEach(() => {
  proxy.fault = 'none';
});

afterAll(async () => {
  await proxy.stop();
  expect(await snowflake.stop()).toBe(0);
});

const runOf = (name: string): StoredRun => storedRun(`publish ${name}`, { dataset: TABLE.dataset });

async function left(run: StoredRun, rows: readonly ChangedRow[], file = 'part-0.snappy.parquet'): Promise<StoredRun> {
  const Key = `${process.env['WORK_PREFIX']}${run.runId}/changes/${file}`;
  await s3.send(new PutObjectCommand({ Bucket: process.env['WORK_BUCKET'], Key, Body: parquetOf(run.runId, rows) }));
  return run;
}

const rowsLike = (ids: string) =>
  query(`select id, pieces, _silver_sequence, _is_deleted from published.returns where id like '${ids}%' order by id`);
const ledgerOf = ({ runId }: StoredRun) =>
  query(`select dataset, rows_merged from published.load_ledger where run_id = '${runId}'`);

describe('a run that changed rows', () => {
  it('is merged and told of in the ledger, once however often it is published', async () => {
    const rows = [
      { id: 'a1', pieces: 1, sequence: 5 },
      { id: 'a2', pieces: null, sequence: 5 },
    ];
    const run = await left(runOf('once'), rows);
    await left(run, [{ id: 'a3', pieces: 3, sequence: 5 }], 'part-1.snappy.parquet');
    await s3.send(
      new PutObjectCommand({
        Bucket: process.env['WORK_BUCKET'],
        Key: `${process.env['WORK_PREFIX']}${run.runId}/changes/_SUCCESS`,
        Body: '',
      }),
    );
    expect(await publish(run)).toEqual({ ...run, snowflake: { rows: 3 } });
    expect(await publish(run)).toEqual({ ...run, snowflake: { rows: 3 } });
    expect(await rowsLike('a')).toEqual([
      ['a1', '1', '5', 'false'],
      ['a2', null, '5', 'false'],
      ['a3', '3', '5', 'false'],
    ]);
    expect(await ledgerOf(run)).toEqual([['returns', '3']]);
  });

  it('gives way to what has seen more of silver, whichever comes first', async () => {
    const later = [
      { id: 'b1', pieces: 2, sequence: 9 },
      { id: 'b2', pieces: null, sequence: 9, isDeleted: true },
    ];
    const earlier = ['b1', 'b2', 'b3'].map((id) => ({ id, pieces: 1, sequence: 8 }));
    expect(await publish(await left(runOf('later'), later))).toMatchObject({ snowflake: { rows: 2 } });
    expect(await publish(await left(runOf('earlier'), earlier))).toMatchObject({ snowflake: { rows: 1 } });
    expect(await rowsLike('b')).toEqual([
      ['b1', '2', '9', 'false'],
      ['b2', null, '9', 'true'],
      ['b3', '1', '8', 'false'],
    ]);
  });

  it('and another one at once are both merged', async () => {
    const one = await left(runOf('one'), [{ id: 'c1', pieces: 1, sequence: 3 }]);
    const other = await left(runOf('other'), [{ id: 'c1', pieces: 2, sequence: 4 }]);
    await Promise.all([publish(one), publish(other), publish(other)]);
    expect(await rowsLike('c')).toEqual([['c1', '2', '4', 'false']]);
    expect(await ledgerOf(other)).toEqual([['returns', '1']]);
  });

  it('without any row is told of with none', async () => {
    expect(await publish(await left(runOf('none'), []))).toMatchObject({ snowflake: { rows: 0 } });
  });
});

describe('what gets lost', () => {
  it('if it is the answer, the ledger says that the rows are there', async () => {
    const run = await left(runOf('answer lost'), [{ id: 'd1', pieces: 1, sequence: 3 }]);
    proxy.fault = 'answer lost';
    expect(await publish(run)).toMatchObject({ snowflake: { rows: 1 } });
    expect(await rowsLike('d')).toHaveLength(1);
  });

  it('if it is the request, nothing is there, and the next try brings it', async () => {
    const run = await left(runOf('request lost'), [{ id: 'e1', pieces: 1, sequence: 3 }]);
    proxy.fault = 'request lost';
    await expect(publish(run)).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
    expect([await rowsLike('e'), await ledgerOf(run)]).toEqual([[], []]);
    proxy.fault = 'none';
    expect(await publish(run)).toMatchObject({ snowflake: { rows: 1 } });
    expect(await rowsLike('e')).toHaveLength(1);
  });

  it('if it is what the job left, says so', async () => {
    await expect(publish(runOf('nothing left'))).rejects.toMatchObject({
      name: 'QueryFailed',
      message: expect.stringContaining('no Parquet file of run') as string,
    });
  });
});

it('a file that Snowflake refuses leaves nothing of its run, and the mended run is loaded', async () => {
  const run = await left(runOf('refused'), [{ id: 'f1', pieces: 1, sequence: 3 }]);
  const Key = `${process.env['WORK_PREFIX']}${run.runId}/changes/part-1.parquet`;
  await s3.send(new PutObjectCommand({ Bucket: process.env['WORK_BUCKET'], Key, Body: 'no Parquet' }));
  await expect(publish(run)).rejects.toMatchObject({ name: 'QueryFailed' });
  expect([await rowsLike('f'), await ledgerOf(run)]).toEqual([[], []]);
  await s3.send(new DeleteObjectCommand({ Bucket: process.env['WORK_BUCKET'], Key }));
  expect(await publish(run)).toMatchObject({ snowflake: { rows: 1 } });
});
