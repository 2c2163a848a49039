import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExecuteStatementCommand, GetStatementResultCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Folders } from '../../local/folders';
import { down, type Laptop, status, up } from '../../local/laptop';
import { readRecord, writeRecord } from '../../local/laptop-record';
import { databasePassword } from '../../local/postgres';
import { setUpSnowflake } from '../../local/snowflake';
import { snowflakeRows } from './running-snowflake';

/** The processes of a laptop, all generations of them. */
function family(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')) {
    const [child = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const of = (parent: number): number[] => (children.get(parent) ?? []).flatMap((child) => [child, ...of(child)]);
  return [pid, ...of(pid)];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

async function allGone(pids: readonly number[], patience = 20_000): Promise<number[]> {
  const deadline = Date.now() + patience;
  while (pids.some(isAlive) && Date.now() < deadline) await sleep(100);
  return pids.filter(isAlive);
}

async function query(laptop: Laptop, sql: string): Promise<unknown[]> {
  const password = databasePassword(new Folders());
  const client = new Client({ ...laptop.postgres, user: 'assay', database: 'assay', password });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function running(): Promise<Laptop> {
  const laptop = await status();
  if (laptop === undefined) throw new Error('the laptop of the tests does not run');
  return laptop;
}

const bucket = (laptop: Laptop, method: string) => fetch(`${laptop.endpoint}/kept-bucket`, { method });

describe('a laptop', () => {
  beforeAll(async () => {
    process.env.ASSAY_LAPTOP = 'test-laptop';
    await down({ deleteData: true });
  });
  afterAll(() => down({ deleteData: true }));

  it('starts once, however often and at once it is asked to', async () => {
    expect(await status()).toBeUndefined();
    const lines: string[] = [];
    const [first, second] = await Promise.all([
      up({ deploy: false }, (line) => lines.push(line)),
      up({ deploy: false }, (line) => lines.push(line)),
    ]);
    expect(second).toEqual(first);
    expect(await up({ deploy: false })).toEqual(first);
    expect(await status()).toEqual(first);
    expect(lines.map((line) => line.replace(/[\d.]+ s$/, 'N s'))).toEqual([
      'starting the laptop …',
      'starting the laptop: done in N s',
    ]);
    expect((await fetch(`${first.endpoint}/_ministack/health`)).status).toBe(200);
    expect(await query(first, 'select current_user as who')).toEqual([{ who: 'assay' }]);
  });

  it('answers the Redshift Data API from a database of its own', async () => {
    const { endpoint, environment } = await running();
    const credentials = { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY };
    const api = new RedshiftDataClient({ endpoint, region: environment.AWS_REGION, credentials });
    const place = { WorkgroupName: 'assay-local', Database: 'warehouse' };
    const Sql = `select current_user || ' in ' || current_database()`;
    const { Id } = await api.send(new ExecuteStatementCommand({ Sql, ...place, WaitTimeSeconds: 30 }));
    const { Records } = await api.send(new GetStatementResultCommand({ Id }));
    expect(Records).toEqual([[{ stringValue: 'warehouse in warehouse' }]]);
  });

  it('answers Snowflake’s SQL API, once its users are there', async () => {
    const laptop = await running();
    await setUpSnowflake(new Folders(), laptop.snowflake.port);
    expect(await snowflakeRows(laptop, 'transformer', 'create table marts.kept as select 42 as n')).toBeDefined();
    expect(await snowflakeRows(laptop, 'reader', 'select n from marts.kept')).toEqual([['42']]);
  });

  it('keeps its password and keys from others', () => {
    for (const file of ['database-password', 'snowflake-token', 'snowflake-keys.json'])
      expect(statSync(new Folders().file(file)).mode & 0o077).toBe(0);
    expect(statSync(new Folders().postgres).mode & 0o077).toBe(0);
  });

  it('is there again after down and up, with what it holds and where it was', async () => {
    const before = await running();
    const processes = family(before.pid);
    expect(processes.length).toBeGreaterThan(5);
    await bucket(before, 'PUT');
    await query(before, 'create table kept as select 42 as n');
    await down();
    expect(await allGone(processes)).toEqual([]);
    expect(await status()).toBeUndefined();
    const after = await up({ deploy: false });
    expect(after.endpoint).toBe(before.endpoint);
    expect((await bucket(after, 'HEAD')).status).toBe(200);
    expect(await query(after, 'select * from kept')).toEqual([{ n: 42 }]);
    expect(after.snowflake).toEqual(before.snowflake);
    expect(await snowflakeRows(after, 'reader', 'select n from marts.kept')).toEqual([['42']]);
  });

  it('leaves no process behind when its supervisor is killed, and starts again', async () => {
    const before = await running();
    const processes = family(before.pid);
    process.kill(before.pid, 'SIGKILL');
    expect(await allGone(processes)).toEqual([]);
    expect(existsSync(new Folders().file('laptop.json'))).toBe(true);
    expect(await status()).toBeUndefined();
    const after = await up({ deploy: false });
    expect(await query(after, 'select * from kept')).toEqual([{ n: 42 }]);
  });

  it('ends whole when one of its parts dies, and says why', async () => {
    const before = await running();
    const processes = family(before.pid);
    const emulator = processes.find((pid) => command(pid).endsWith('-m emulator')) ?? 0;
    process.kill(emulator, 'SIGKILL');
    expect(await allGone(processes)).toEqual([]);
    const record = readRecord(new Folders());
    expect(record?.state).toBe('failed');
    expect(record?.reason).toMatch(/^emulator ended with SIGKILL/);
  });

  it('knows a record that a crash left, though its number is now another process’s', async () => {
    const ports = { aws: 1, postgres: 2, snowflake: 3, concessions: 4 };
    writeRecord(new Folders(), { pid: process.pid, state: 'ready', endpoint: 'http://127.0.0.1:1', ports, startedAt: '' });
    expect(await status()).toBeUndefined();
    await down();
    expect(isAlive(process.pid)).toBe(true);
  });

  it('says with the end of the log why it does not start', async () => {
    const folders = new Folders();
    writeFileSync(`${folders.postgres}/data/PG_VERSION`, '9\n');
    await expect(up({ deploy: false })).rejects.toThrow(
      /did not start; its logs are in .*\n.*postgres ended with code 1[^]*PostgreSQL version 9/,
    );
    expect(await status()).toBeUndefined();
  });

  it('is gone without a trace when its data is deleted', async () => {
    const folders = new Folders();
    const laptop = await down({ deleteData: true }).then(() => up({ deploy: false }));
    const processes = family(laptop.pid);
    await down({ deleteData: true });
    expect(await allGone(processes)).toEqual([]);
    expect(existsSync(folders.own)).toBe(false);
  });
});

function command(pid: number): string {
  return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

describe('its environment', () => {
  it('reaches no AWS account of the user', async () => {
    const { childEnvironment } = await import('../../local/environment');
    process.env.AWS_PROFILE = 'production';
    process.env.HTTPS_PROXY = 'http://proxy';
    const environment = childEnvironment('http://127.0.0.1:1');
    expect(environment).not.toHaveProperty('AWS_PROFILE');
    expect(environment).not.toHaveProperty('HTTPS_PROXY');
    expect(environment).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_CONFIG_FILE: '/dev/null' });
    delete process.env.AWS_PROFILE;
    delete process.env.HTTPS_PROXY;
  });

  it('takes no folder that it shares', () => {
    expect(() => new Folders('venv')).toThrow('other than venv');
    expect(() => new Folders('../x')).toThrow('letters, digits');
    expect(readFileSync(new URL('../../.gitignore', import.meta.url), 'utf8')).toContain('.assay/');
  });
});
