import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { UserError } from '../failure';
import type { Account } from './account';
import { lambdaErrorMessage } from './lambda-error';

export const QueryResult = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });
export type QueryResult = z.infer<typeof QueryResult>;

/** Asks the database of the stage by way of its read-only function. */
export function queryRds(account: Account, sql: string, signal: AbortSignal): Promise<QueryResult> {
  return askFunction(account, 'QueryRdsFunctionName', sql, signal);
}

/** Asks Snowflake as its reader, by way of the stage's function, which has the key. */
export function querySnowflake(account: Account, sql: string, signal: AbortSignal): Promise<QueryResult> {
  return askFunction(account, 'QuerySnowflakeFunctionName', sql, signal);
}

async function askFunction(account: Account, output: string, sql: string, signal: AbortSignal): Promise<QueryResult> {
  const client = new LambdaClient(account.settings);
  const command = new InvokeCommand({
    FunctionName: await account.output('pipelines', output),
    Payload: JSON.stringify({ sql }),
  });
  const { FunctionError: failed, Payload: payload } = await client.send(command, { abortSignal: signal });
  const answer: unknown = JSON.parse(payload?.transformToString() ?? 'null');
  if (failed === undefined) return QueryResult.parse(answer);
  throw new UserError(lambdaErrorMessage(answer));
}
