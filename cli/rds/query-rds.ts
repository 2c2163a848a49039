import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { Account } from '../aws/account';
import { lambdaErrorMessage } from '../aws/lambda-error';
import { UserError } from '../failure';

export const QueryResult = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });
export type QueryResult = z.infer<typeof QueryResult>;

/** Asks the database of the stage by way of its read-only function. */
export async function queryRds(account: Account, sql: string, signal: AbortSignal): Promise<QueryResult> {
  const client = new LambdaClient(account.settings);
  const command = new InvokeCommand({
    FunctionName: await account.output('pipelines', 'QueryRdsFunctionName'),
    Payload: JSON.stringify({ sql }),
  });
  const { FunctionError: failed, Payload: payload } = await client.send(command, { abortSignal: signal });
  const answer: unknown = JSON.parse(payload?.transformToString() ?? 'null');
  if (failed === undefined) return QueryResult.parse(answer);
  throw new UserError(lambdaErrorMessage(answer));
}
