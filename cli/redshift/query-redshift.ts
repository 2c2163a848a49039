import { setTimeout as sleep } from 'node:timers/promises';
import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  RedshiftDataClient,
  ValidationException,
  paginateGetStatementResult,
  type ColumnMetadata,
  type ExecuteStatementCommandInput,
  type Field,
} from '@aws-sdk/client-redshift-data';
import type { Account } from '../aws/account';
import { UserError } from '../failure';
import { readOnlyStatement } from '../lake/read-only';
import type { QueryResult } from '../aws/query-function';
import { keepIntegersExact } from './exact-integers';
import type { Parameters } from './parameters';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Asks the warehouse by the Data API, as whoever is logged in to AWS. */
export async function queryRedshift(
  account: Account,
  sql: string,
  signal: AbortSignal,
  parameters: Parameters = new Map(),
): Promise<QueryResult> {
  const client = new RedshiftDataClient(account.settings);
  keepIntegersExact(client);
  const id = await start(client, account, { Sql: readOnlyStatement(sql), ...parametersOf(parameters) });
  await untilDone(client, id, signal);
  const columns: ColumnMetadata[] = [];
  const rows: unknown[][] = [];
  for await (const page of paginateGetStatementResult({ client }, { Id: id })) {
    if (columns.length === 0) columns.push(...(page.ColumnMetadata ?? []));
    rows.push(...(page.Records ?? []).map((record) => record.map((field, index) => valueOf(field, columns[index]))));
  }
  return { columns: columns.map(({ label, name }) => label ?? name ?? ''), rows };
}

/** The service refuses an empty list. */
function parametersOf(parameters: Parameters): Pick<ExecuteStatementCommandInput, 'Parameters'> {
  const named = [...parameters].map(([name, value]) => ({ name, value }));
  return named.length === 0 ? {} : { Parameters: named };
}

type Statement = Pick<ExecuteStatementCommandInput, 'Sql' | 'Parameters'>;

async function start(client: RedshiftDataClient, account: Account, statement: Statement): Promise<string> {
  const [WorkgroupName, Database] = [
    await account.output('warehouse', 'WarehouseWorkgroupName'),
    await account.output('warehouse', 'WarehouseDatabaseName'),
  ];
  try {
    const { Id } = await client.send(new ExecuteStatementCommand({ WorkgroupName, Database, ...statement }));
    if (Id === undefined) throw new Error('the Data API started a statement without an id');
    return Id;
  } catch (error) {
    if (error instanceof ValidationException) throw new UserError(error.message);
    throw error;
  }
}

async function untilDone(client: RedshiftDataClient, Id: string, signal: AbortSignal): Promise<void> {
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      const { Status, Error: fault } = await client.send(new DescribeStatementCommand({ Id }));
      if (Status === 'FINISHED') return;
      if (Status === 'FAILED' || Status === 'ABORTED') throw new UserError(fault ?? `the query was ${Status.toLowerCase()}`);
      await sleep(pause, undefined, { signal });
    }
  } catch (error) {
    if (signal.aborted) await client.send(new CancelStatementCommand({ Id }));
    throw error;
  }
}

/** As `query --json` has it: decimals, dates and bigint as text. */
export function valueOf(field: Field, column: ColumnMetadata | undefined): unknown {
  const { isNull, stringValue, longValue, doubleValue, booleanValue } = field;
  if (isNull === true) return null;
  if (longValue !== undefined) return column?.typeName === 'int8' ? String(longValue) : longValue;
  return stringValue ?? doubleValue ?? booleanValue ?? null;
}
