import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
  type DescribeStatementCommandOutput,
  type Field,
} from '@aws-sdk/client-redshift-data';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { awsClient } from '../aws/client';
import { statementError } from './statement-error';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

const redshift = awsClient(RedshiftDataClient);

const Settings = z
  .object({
    WAREHOUSE_WORKGROUP: z.string().min(1),
    WAREHOUSE_DATABASE: z.string().min(1),
    /** Absent: the function is a user of its own, by its IAM role. */
    WAREHOUSE_SECRET: z.string().optional(),
  })
  .transform((variables) => ({
    WorkgroupName: variables.WAREHOUSE_WORKGROUP,
    Database: variables.WAREHOUSE_DATABASE,
    SecretArn: variables.WAREHOUSE_SECRET,
  }));

/**
 * Runs the statements as one transaction and waits for its end.
 *
 * Raises QueryFailed and DatabaseUnavailable; after either, only what the transaction wrote tells whether it was committed.
 */
export async function runBatch(statements: readonly string[], token: string): Promise<void> {
  await ended(await submit(statements, token));
}

/**
 * Begins a transaction of the statements; resolves to its id. `token`, of at most 64 characters, makes the submission
 * idempotent: the same again is the transaction that runs, or ran, already.
 */
export async function submit(statements: readonly string[], token: string): Promise<string> {
  const [sql = ''] = statements;
  const request = { ...Settings.parse(process.env), ClientToken: token };
  // A batch of one is refused by the service.
  const { Id = '' } =
    statements.length === 1
      ? await redshift.send(new ExecuteStatementCommand({ ...request, Sql: sql }))
      : await redshift.send(new BatchExecuteStatementCommand({ ...request, Sqls: [...statements] }));
  return Id;
}

/** How a transaction is going. */
export function look(id: string): Promise<DescribeStatementCommandOutput> {
  return redshift.send(new DescribeStatementCommand({ Id: id }));
}

/** The rows of a query; numbers as numbers, decimals and dates as text. Raises QueryFailed and DatabaseUnavailable. */
export async function query(sql: string): Promise<unknown[][]> {
  const { Id } = await redshift.send(new ExecuteStatementCommand({ ...Settings.parse(process.env), Sql: sql }));
  await ended(Id ?? '');
  const rows: unknown[][] = [];
  for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
    const page = await redshift.send(new GetStatementResultCommand({ Id, NextToken: next }));
    rows.push(...(page.Records ?? []).map((record) => record.map(valueOf)));
    next = page.NextToken;
  }
  return rows;
}

async function ended(id: string): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const statement = await look(id);
    if (statement.Status === 'FINISHED') return;
    if (statement.Status === 'FAILED' || statement.Status === 'ABORTED') throw statementError(statement);
    await sleep(pause);
  }
}

function valueOf(field: Field): unknown {
  const { isNull, stringValue, longValue, doubleValue, booleanValue } = field;
  return isNull === true ? null : (stringValue ?? longValue ?? doubleValue ?? booleanValue);
}
