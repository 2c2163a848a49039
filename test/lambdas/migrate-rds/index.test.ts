import { readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/migrate-rds/index';
import { MIGRATIONS } from '../../../lambdas/migrate-rds/migrations';
import { createDatabase, type TestDatabase } from '../support/database';

interface Answer {
  readonly contentType: string | undefined;
  readonly body: Record<string, unknown>;
}

let database: TestDatabase;
let answers: Answer[] = [];
let refusals = 0;
const cloudFormation = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    if (refusals > 0) {
      refusals -= 1;
      response.writeHead(503).end();
      return;
    }
    answers.push({ contentType: request.headers['content-type'], body: JSON.parse(body) as Record<string, unknown> });
    response.end();
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function request(RequestType: 'Create' | 'Update' | 'Delete'): CloudFormationCustomResourceEvent {
  const { port } = cloudFormation.address() as AddressInfo;
  const common = {
    ServiceToken: 'arn',
    ResponseURL: `http://127.0.0.1:${port}/answer?signature=a%2Bb`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Migrations',
    ResourceType: 'Custom::Migrations',
    ResourceProperties: { ServiceToken: 'arn' },
  };
  if (RequestType === 'Create') return { ...common, RequestType };
  return {
    ...common,
    RequestType,
    PhysicalResourceId: 'given-before',
    OldResourceProperties: common.ResourceProperties,
  };
}

const TABLES = [
  'customer_purchase_summary',
  'customer_purchase_summary_staging',
  'customer_purchase_summary_tombstones',
  'load_ledger',
];

async function tables(): Promise<unknown[]> {
  const rows = await database.rows("select tablename from pg_tables where schemaname = 'public' order by 1");
  return rows.map(({ tablename }) => tablename);
}

beforeAll(async () => {
  await new Promise<void>((listening) => cloudFormation.listen(0, '127.0.0.1', listening));
});
afterAll(() => {
  cloudFormation.close();
});
beforeEach(async () => {
  database = await createDatabase();
  answers = [];
  refusals = 0;
});

describe('migrate-rds', () => {
  test('makes the tables and says so, without a content type that the presigned address does not know', async () => {
    await handler(request('Create'));
    expect(await tables()).toEqual(TABLES);
    expect(answers).toEqual([
      {
        contentType: undefined,
        body: {
          Status: 'SUCCESS',
          StackId: 'stack',
          RequestId: 'request',
          LogicalResourceId: 'Migrations',
          PhysicalResourceId: 'Migrations-migrations',
        },
      },
    ]);
  });

  test('keeps the rows when it is applied again, and the resource its id', async () => {
    await handler(request('Create'));
    await database.client.query("insert into load_ledger (run_id, target_table) values ('run', 'table')");
    await handler(request('Update'));
    expect(await database.rows('select run_id from load_ledger')).toEqual([{ run_id: 'run' }]);
    expect(answers[1]?.body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'given-before' });
  });

  test('lets several deployments at once take turns', async () => {
    await Promise.all(Array.from({ length: 5 }, () => handler(request('Create'))));
    expect(answers.map(({ body }) => body['Status'])).toEqual(Array<string>(5).fill('SUCCESS'));
    expect(await tables()).toEqual(TABLES);
  });

  test('deletes nothing when the resource is deleted, not even with the database gone', async () => {
    await handler(request('Create'));
    await database.putSecret({ ...database.secret, port: 1 });
    await handler(request('Delete'));
    expect(answers[1]?.body['Status']).toBe('SUCCESS');
    expect(await tables()).toEqual(TABLES);
  });

  test('answers FAILED with the file at fault, and goes no further', async () => {
    await database.client.query('create table customer_purchase_summary_staging (a_column_of_another int)');
    await handler(request('Create'));
    expect(answers[0]?.body).toMatchObject({ Status: 'FAILED' });
    expect(answers[0]?.body['Reason']).toContain('sql/rds/02_customer_purchase_summary_staging.sql: column "run_id"');
    expect(await tables()).toEqual(TABLES.slice(0, 2));
  });

  test('answers again when CloudFormation did not take the answer', async () => {
    refusals = 2;
    await handler(request('Create'));
    expect(answers).toHaveLength(1);
  });

  test('knows every file of sql/rds, in the order of the numbers', async () => {
    const files = (await readdir('sql/rds')).filter((name) => name.endsWith('.sql')).sort();
    expect(MIGRATIONS.map(({ file }) => file)).toEqual(files);
  });
});
