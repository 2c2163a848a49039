import { z } from 'zod';
import { KeptVersion } from '../../contracts/run';
import { runIdOf } from '../../contracts/run-id';
import type { Account } from '../aws/account';
import { askFunction } from '../aws/ask-function';
import { followDropped } from '../inbox/drop';
import { counted } from '../output/quantities';
import { progressView } from '../progress/view';
import type { RunDetail } from '../runs/summary';
import type { Session } from '../session';

/** What generate-transactions answers: the version of the day's file that is in the inbox. */
const WrittenDay = KeptVersion.extend({ isNew: z.boolean() });

/** A few at once keep the machine busy; more would only wait for one another. */
const AT_ONCE = 4;

/** Has each day's file written and follows it to the end of its run, some at a time; results are in the days' order. */
export async function pullTransactions(session: Session, account: Account, days: readonly string[]): Promise<RunDetail[]> {
  const { output, signal } = session;
  let begun = 0;
  session.leaves = () => `${counted(days.length - begun, 'day')} of ${days.length} not begun; what has begun goes on`;
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
        begun += 1;
        const { bucket, key, versionId } = WrittenDay.parse(
          await askFunction(account, 'GenerateTransactionsFunctionName', { day }, signal),
        );
        runs[index] = await follow({ path: '', key: day, size: 0, version: versionId, runId: runIdOf(bucket, key, versionId) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, pullRest));
    return runs;
  } finally {
    await view.close();
  }
}
