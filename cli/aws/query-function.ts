import { z } from 'zod';
import type { Account } from './account';
import { askFunction } from './ask-function';

export const QueryResult = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });
export type QueryResult = z.infer<typeof QueryResult>;

/** Asks the database of the stage by way of its read-only function. */
export async function queryRds(account: Account, sql: string, signal: AbortSignal): Promise<QueryResult> {
  return QueryResult.parse(await askFunction(account, 'QueryRdsFunctionName', { sql }, signal));
}

/** Asks Snowflake as its reader, by way of the stage's function, which has the key. */
export async function querySnowflake(account: Account, sql: string, signal: AbortSignal): Promise<QueryResult> {
  return QueryResult.parse(await askFunction(account, 'QuerySnowflakeFunctionName', { sql }, signal));
}
