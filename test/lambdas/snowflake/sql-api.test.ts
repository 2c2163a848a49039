import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseRefused, DatabaseUnavailable, QueryFailed } from '../../../contracts/errors';
import { execute, type SnowflakeSession } from '../../../lambdas/snowflake/sql-api';

/** What the laptop's Snowflake cannot be made to do: to be busy, to hang up, to lose an answer, to rotate a key. */

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: { readonly statement?: string; readonly parameters?: object; readonly bindings?: object };
}
type Reply = readonly [status: number, body: object] | 'hangs up';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const ONE = { resultSetMetaData: { rowType: [{ name: 'N', type: 'fixed', scale: 0 }] }, data: [['1']], statementHandle: 'h' };
let server: Server;
let asked: Asked[];
let replies: Reply[];
let session: SnowflakeSession;
let fetched: boolean[];

beforeEach(async () => {
  [asked, replies, fetched] = [[], [], []];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({ method: request.method ?? '', url: request.url ?? '', body: JSON.parse(text || '{}') as Asked['body'] });
      const reply = replies.shift() ?? [200, ONE];
      if (reply === 'hangs up') return void request.socket.destroy();
      response.writeHead(reply[0], { 'Content-Type': 'application/json' }).end(JSON.stringify(reply[1]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  session = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ account: 'LAPTOP', database: 'ASSAY', warehouse: 'W', role: 'R' },
    secret: ({ again }) => {
      fetched.push(again);
      return Promise.resolve({ user: 'U', privateKey });
    },
  };
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const idOf = ({ url }: Asked) => new URL(url, 'http://x').searchParams.get('requestId');

describe('a statement', () => {
  it('has its values as bindings, and says how many statements it is', async () => {
    expect((await execute(session, { sql: 'select ?', bindings: ['a'] })).rows).toEqual([['1']]);
    expect(asked[0]?.body).toMatchObject({
      statement: 'select ?',
      parameters: { MULTI_STATEMENT_COUNT: '1' },
      bindings: { 1: { type: 'TEXT', value: 'a' } },
      ...{ database: 'ASSAY', warehouse: 'W', role: 'R' },
    });
  });

  it.each<readonly [string, Reply]>([
    ['Snowflake is busy', [503, {}]],
    ['there are too many', [429, {}]],
    ['the answer is lost', 'hangs up'],
  ])('is sent again with the same id when %s', async (_, fault) => {
    replies = [fault];
    expect((await execute(session, { sql: 'select 1' })).rows).toEqual([['1']]);
    expect(asked.map(({ url }) => url.includes('retry=true'))).toEqual([false, true]);
    expect(idOf(asked[1] as Asked)).toBe(idOf(asked[0] as Asked));
  });

  it('that still runs is looked at until it has ended, and read to its last partition', async () => {
    const partitioned = { ...ONE, resultSetMetaData: { ...ONE.resultSetMetaData, partitionInfo: [{}, {}] } };
    replies = [
      [202, { statementHandle: 'h' }],
      [202, { statementHandle: 'h' }],
      [200, partitioned],
      [200, { data: [['2']] }],
    ];
    expect((await execute(session, { sql: 'select 1' })).rows).toEqual([['1'], ['2']]);
    expect(asked.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v2/statements/h',
      'GET /api/v2/statements/h',
      'GET /api/v2/statements/h?partition=1',
    ]);
  });

  it('that is wrong raises QueryFailed with what Snowflake says, and is not sent again', async () => {
    replies = [[422, { code: '002003', message: 'Object does not exist' }]];
    await expect(execute(session, { sql: 'select' })).rejects.toThrow(QueryFailed);
    expect(asked).toHaveLength(1);
  });
});

describe('a key', () => {
  it('is fetched again once when Snowflake does not take it', async () => {
    replies = [[401, { code: '390144', message: 'JWT token is invalid.' }]];
    expect((await execute(session, { sql: 'select 1' })).rows).toEqual([['1']]);
    expect(fetched).toEqual([false, true]);
  });

  it('that Snowflake does not take then either raises DatabaseRefused', async () => {
    replies = [
      [401, {}],
      [401, { code: '390144', message: 'JWT token is invalid.' }],
    ];
    await expect(execute(session, { sql: 'select 1' })).rejects.toThrow(DatabaseRefused);
    expect(asked).toHaveLength(2);
  });
});

it('an address where nobody is raises DatabaseUnavailable, after some tries', async () => {
  const nobody = { ...session, url: 'http://127.0.0.1:9' };
  await expect(execute(nobody, { sql: 'select 1' })).rejects.toThrow(DatabaseUnavailable);
}, 30_000);
