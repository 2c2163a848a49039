import type { Account } from '../aws/account';
import { followDropped } from '../inbox/drop';
import { progressView } from '../progress/view';
import type { FileItem } from '../runs/file-item';
import type { RunDetail } from '../runs/summary';
import type { Session } from '../session';

/** A few at once keep the machine busy; more would only wait for one another. */
const AT_ONCE = 4;

/** Asks for a run of each of the files, some at a time, and follows them to their ends; results are in the files' order. */
export async function followRequested(
  { output, signal }: Session,
  account: Account,
  files: readonly FileItem[],
  ask: (file: FileItem) => Promise<string>,
): Promise<RunDetail[]> {
  const named = files.map((file) => ({ path: '', key: file.key, size: 0, version: file.versionId, file }));
  const view = progressView(
    output,
    named.map(({ key }) => key),
  );
  const runs: RunDetail[] = [];
  const entries = named.entries();
  try {
    const follow = await followDropped({ account, view, signal }, named);
    const askRest = async (): Promise<void> => {
      for (const [index, each] of entries) {
        signal.throwIfAborted();
        runs[index] = await follow({ ...each, runId: await ask(each.file) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askRest));
    return runs;
  } finally {
    await view.close();
  }
}
