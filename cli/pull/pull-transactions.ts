import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { KeptVersion } from '../../contracts/run';
import { runIdOf } from '../../contracts/run-id';
import type { Account } from '../aws/account';
import { lambdaErrorMessage } from '../aws/lambda-error';
import { UserError } from '../failure';
import { followDropped } from '../inbox/drop';
import { progressView } from '../progress/view';
import type { RunDetail } from '../runs/summary';
import type { Session } from '../session';

/** What generate-transactions answers: the version of the day's file that is in the inbox. */
const WrittenDay = KeptVersion.extend({ isNew: z.boolean() });
type WrittenDay = z.infer<typeof WrittenDay>;

/** A few at once keep the machine busy; more would only wait for one another. */
const AT_ONCE = 4;

/** Has each day's file written and follows it to the end of its run, some at a time; results are in the days' order. */
export async function pullTransactions(
  { output, signal }: Session,
  account: Account,
  days: readonly string[],
): Promise<RunDetail[]> {
  const view = progressView(output, days);
  const runs: RunDetail[] = [];
  const entries = days.entries();
  try {
    const follow = await followDropped(
      { account, view, signal },
      days.map((day) => ({ path: '', key: day, size: 0 })),
    );
    const pullRest = async (): Promise<void> => {
      for (const [index, day] of entries) {
        signal.throwIfAborted();
        const { bucket, key, versionId } = await generate(account, day, signal);
        runs[index] = await follow({ path: '', key: day, size: 0, version: versionId, runId: runIdOf(bucket, key, versionId) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, pullRest));
    return runs;
  } finally {
    await view.close();
  }
}

async function generate(account: Account, day: string, signal: AbortSignal): Promise<WrittenDay> {
  const command = new InvokeCommand({
    FunctionName: await account.output('pipelines', 'GenerateTransactionsFunctionName'),
    Payload: JSON.stringify({ day }),
  });
  const client = new LambdaClient(account.settings);
  const { FunctionError: failed, Payload: payload } = await client.send(command, { abortSignal: signal });
  const answer: unknown = JSON.parse(payload?.transformToString() ?? 'null');
  if (failed === undefined) return WrittenDay.parse(answer);
  throw new UserError(lambdaErrorMessage(answer));
}
