import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContracts } from '../../contracts/catalog';
import { ConcessionsApi } from '../concessions-api/server';
import { functionProcesses, kill } from '../drills/support/processes';
import { Mailbox } from './alerts';
import { assayJson, type RunSummary, type Table } from './assay';
import { ConcessionsOracle } from './concessions-oracle';
import { stackOutput } from './lake-objects';
import { TestLaptop } from './laptop';
import { expectPrivate } from './private';

/** 25,000 concessions from an API that has every fault, to silver, to the warehouse and to Snowflake. */

interface Pulled {
  readonly id: string;
  readonly status: string;
  readonly from: string | null;
  readonly next: string | null;
  readonly records: number;
  readonly failedStep: string | null;
  readonly error: { readonly name: string; readonly cause: string } | null;
  readonly files: readonly RunSummary[];
}

const COUNT = 25_000;
const laptop = new TestLaptop('acceptance');
const contracts = loadContracts('contracts').filter(({ extract }) => extract !== undefined);
const oracle = new ConcessionsOracle();
let api: ConcessionsApi;
let failures: Mailbox;

const pull = (words: string[] = [], code = 0) => assayJson<Pulled>(laptop.name, ['pull', 'concessions', ...words], code);
const fetched = () => api.served.splice(0).reduce((sum, { records }) => sum + records, 0);

async function putToken(token: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SecretsManagerClient({ endpoint: laptop.endpoint, region: 'us-east-1', credentials });
  const SecretString = JSON.stringify({ token });
  await client.send(new PutSecretValueCommand({ SecretId: 'assay-local-concessions', SecretString }));
}

/** The rows as the oracle has them. */
function plain(rows: readonly unknown[][]): string[] {
  const moment = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d+)?)/;
  const value = (cell: unknown): string | null => {
    if (cell === null || cell === undefined) return null;
    const written = typeof cell === 'string' ? cell : JSON.stringify(cell);
    const [, day, time] = moment.exec(written) ?? [];
    return day === undefined ? written : new Date(`${day}T${time}Z`).toISOString();
  };
  return rows.map((row) => JSON.stringify(row.map(value))).sort();
}

/** Both sorted. Shows where they part: to find all that differs in so many rows takes minutes. */
function expectSame(rows: readonly string[], expected: readonly string[], what: string): void {
  const parts = expected.findIndex((row, index) => rows[index] !== row);
  expect(rows.slice(Math.max(parts, 0)).slice(0, 3), what).toEqual(
    parts < 0 ? rows.slice(0, 3) : expected.slice(parts, parts + 3),
  );
  expect(rows.length, what).toBe(expected.length);
}

/** What a function answers at once. */
const PORTION = 10_000;

async function published(dataset: string, names: string, key: string): Promise<unknown[][]> {
  const all = `select ${names} from published.${dataset} where not _is_deleted order by ${key}`;
  for (const rows: unknown[][] = []; ;) {
    const sql = `${all} limit ${PORTION} offset ${rows.length}`;
    const portion = (await assayJson<Table>(laptop.name, ['query', 'snowflake', sql])).rows;
    rows.push(...portion);
    if (portion.length < PORTION) return rows;
  }
}

/** Silver, the warehouse's staging and what Snowflake has are row by row what the oracle says. */
async function expectTables(): Promise<void> {
  for (const { dataset, columns, primaryKey } of contracts) {
    const names = columns.map(({ name }) => name).join(', ');
    const expected = oracle.rows(dataset);
    expectSame(plain(await laptop.rows('lake', `select ${names} from silver.${dataset}`)), expected, `silver.${dataset}`);
    const staged = ['query', 'redshift', `select ${names} from staging.${dataset} where not _is_deleted`];
    expectSame(plain((await assayJson<Table>(laptop.name, staged)).rows), expected, `staging.${dataset}`);
    const inSnowflake = await published(dataset, names, primaryKey.join(', '));
    expectSame(plain(inSnowflake), expected, `published.${dataset}`);
  }
}

async function expectCounts(): Promise<void> {
  for (const { dataset } of contracts) {
    const count = async (target: string, table: string) => {
      const sql = `select count(*) from ${table} where not _is_deleted`;
      return Number((await assayJson<Table>(laptop.name, ['query', target, sql])).rows[0]?.[0]);
    };
    const expected = oracle.rows(dataset).length;
    expect(await count('redshift', `staging.${dataset}`), `staging.${dataset}`).toBe(expected);
    expect(await count('snowflake', `published.${dataset}`), `published.${dataset}`).toBe(expected);
  }
}

beforeAll(async () => {
  await laptop.startClean();
  const record = readFileSync(fileURLToPath(new URL(`../../.assay/${laptop.name}/laptop.json`, import.meta.url)), 'utf8');
  const { ports } = JSON.parse(record) as { ports: { concessions: number } };
  api = await ConcessionsApi.start({ count: COUNT, paging: 'cursor', token: 'first', port: ports.concessions });
  await putToken('first');
  const topic = await stackOutput(laptop.endpoint, 'assay-local-pipelines', 'FailureTopicArn');
  failures = await Mailbox.subscribedTo(topic, laptop.endpoint, 'concessions-failures');
}, 600_000);

afterAll(async () => {
  await api.close();
  await laptop.discard();
});

describe('25,000 concessions through an API with every fault', () => {
  let pulled: Pulled;
  let killed: number[] = [];

  it('come to an end, though the function is killed on the way', async () => {
    api.order(
      { at: 4, fault: { kind: 'error' } },
      { at: 6, fault: { kind: 'busy', seconds: 1 } },
      { at: 9, fault: { kind: 'truncated' } },
      { at: 12, fault: { kind: 'repeated' } },
      { at: 15, fault: { kind: 'truncated', as: 'short' } },
      { at: 24, fault: { kind: 'hang' } },
      { at: 30, fault: { kind: 'hang' } },
      { at: 36, fault: { kind: 'changed', update: 40, add: 60 } },
    );
    let hangs = 0;
    api.onHang = () => {
      hangs += 1;
      if (hangs === 1) return;
      killed = functionProcesses('extract-concessions');
      killed.forEach(kill);
    };
    const running = pull();
    while (api.served.length < 2) await sleep(20);
    await putToken('second');
    api.order({ at: 5, fault: { kind: 'rotated', token: 'second' } });
    pulled = await running;
    expect(killed).toHaveLength(1);
    expect(hangs).toBe(2);
    expect(pulled).toMatchObject({ status: 'succeeded', from: null, records: COUNT + 60 });
    const statuses = new Set(api.served.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([0, 200, 401, 429, 500]);
  }, 300_000);

  it('are in silver, in the warehouse and in Snowflake as an oracle flattens them, none lost, none doubled', async () => {
    oracle.take(api.records.all);
    await expectTables();
    const quarantined = Object.fromEntries(
      pulled.files.map(({ dataset, rows }) => [dataset ?? '', rows?.quarantined] as const),
    );
    expect(quarantined).toEqual({ concession_lines: 0, concession_adjustments: 0, ...oracle.refused });
    expect(oracle.refused['concessions']).toBe(6);
  });

  it('keep to themselves what is a person’s', () => expectPrivate(['Lovelace', "O'Reilly", 'person.']));
});

describe('the next extract', () => {
  it('fetches what was changed since, and no more', async () => {
    fetched();
    api.records.update(20);
    api.records.add(30);
    const pulled = await pull();
    // The last one of before lies within the overlap.
    expect(pulled).toMatchObject({ status: 'succeeded', records: 51 });
    expect(fetched()).toBe(51);
    expect(pulled.next).toBe(api.records.all.at(-1)?.updated_at);
    oracle.take(api.records.since(pulled.from));
    await expectTables();
  });

  it('that is not let in says so, and changes nothing', async () => {
    api.expectToken('third');
    const refused = await pull([], 1);
    expect(refused).toMatchObject({ status: 'failed', failedStep: 'ExtractConcessions', files: [] });
    expect(refused.error?.name).toBe('SourceRefused');
    expect(refused.error?.cause).toContain('put a token that it takes into the secret');
    const [message = '', ...others] = await failures.empty();
    expect(others).toEqual([]);
    expect(message).toContain('Step: ExtractConcessions\nError: SourceRefused\nCause: ');
    expect(message).not.toContain('second');
    await putToken('third');
    fetched();
    expect(await pull()).toMatchObject({ status: 'succeeded', records: 1 });
    expect(fetched()).toBe(1);
    await expectCounts();
  });
});
