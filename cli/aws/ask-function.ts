import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { UserError } from '../failure';
import type { Account } from './account';
import { lambdaErrorMessage } from './lambda-error';

/** What the function answers that is this output of the pipelines stack. Raises UserError with the function's own. */
export async function askFunction(account: Account, output: string, question: object, signal: AbortSignal): Promise<unknown> {
  const client = new LambdaClient(account.settings);
  const command = new InvokeCommand({
    FunctionName: await account.output('pipelines', output),
    Payload: JSON.stringify(question),
  });
  const { FunctionError: failed, Payload: payload } = await client.send(command, { abortSignal: signal });
  const answer: unknown = JSON.parse(payload?.transformToString() ?? 'null');
  if (failed !== undefined) throw new UserError(lambdaErrorMessage(answer));
  return answer;
}
