import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  InvalidRequestException,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  paginateGetQueryResults,
  type QueryExecutionStatus,
} from '@aws-sdk/client-athena';
import type { Account } from '../aws/account';
import { UserError } from '../failure';
import { firstLine } from '../output/lines';
import type { QueryResult } from '../aws/query-function';
import { resultOf, type Page } from './results';
import { readOnlyStatement } from './read-only';

const POLL_EVERY_MS = 300;

/** Asks the lake by Athena. */
export async function queryLake(account: Account, sql: string, signal: AbortSignal): Promise<QueryResult> {
  const statement = readOnlyStatement(sql);
  const client = new AthenaClient(account.settings);
  const id = await start(client, statement, await account.output('lake', 'AthenaWorkGroup'));
  await untilDone(client, id, signal);
  const pages: Page[] = [];
  for await (const { ResultSet: page } of paginateGetQueryResults({ client }, { QueryExecutionId: id })) {
    if (page) pages.push(page);
  }
  return resultOf(pages);
}

async function start(client: AthenaClient, sql: string, workGroup: string): Promise<string> {
  try {
    const { QueryExecutionId: id } = await client.send(
      new StartQueryExecutionCommand({ QueryString: sql, WorkGroup: workGroup }),
    );
    if (id === undefined) throw new Error('Athena started a query without an id');
    return id;
  } catch (error) {
    if (error instanceof InvalidRequestException) throw new UserError(firstLine(error.message));
    throw error;
  }
}

async function untilDone(client: AthenaClient, id: string, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      const { QueryExecution: execution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      if (isDone(execution?.Status)) return;
      await sleep(POLL_EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    if (signal.aborted) await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    throw error;
  }
}

function isDone(status: QueryExecutionStatus | undefined): boolean {
  if (status?.State === 'SUCCEEDED') return true;
  if (status?.State !== 'FAILED' && status?.State !== 'CANCELLED') return false;
  throw new UserError(firstLine(status.StateChangeReason ?? `the query was ${status.State.toLowerCase()}`));
}
