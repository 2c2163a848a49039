import { runIdOf } from '../../contracts/run-id';
import type { Account } from '../aws/account';
import { Executions } from '../execution/executions';
import { Ledger } from '../runs/ledger';
import { follow, type Follower } from '../runs/follow';
import type { RunDetail } from '../runs/summary';
import type { ProgressView } from '../progress/view';
import type { LocalFile } from './dropped-files';
import { openInbox, upload, type Inbox } from './upload';

const UPLOADS_AT_ONCE = 4;
const POLL_EVERY_MS = 500;
/** Receiving reads the whole file to know its bytes; 10 MB a second is slow even for the laptop. */
const PATIENCE_MS = 120_000;
const PATIENCE_MS_PER_BYTE = 1000 / 10_000_000;

/** A file version in the inbox. */
export interface DroppedFile extends LocalFile {
  readonly runId: string;
  readonly version: string;
}

export interface Drop {
  readonly account: Account;
  readonly view: ProgressView;
  readonly signal: AbortSignal;
}

/**
 * Uploads the files, some at once; `then` goes on with each as soon as it is there. Results are in the files' order. What
 * goes wrong with one is raised after all others have come to their end.
 */
export async function dropAll<Result>(
  drop: Drop,
  files: readonly LocalFile[],
  then: (file: DroppedFile) => Promise<Result>,
): Promise<Result[]> {
  const inbox = await openInbox(drop.account);
  const results: Promise<Result>[] = [];
  const entries = files.entries();
  const uploadRest = async (): Promise<void> => {
    for (const [index, file] of entries) {
      const dropped = uploadOne(drop, inbox, file);
      results[index] = dropped.then(then);
      // Looked at below; until then it must not count as unhandled.
      results[index].catch(() => undefined);
      await Promise.allSettled([dropped]);
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, uploadRest));
  await Promise.allSettled(results);
  return Promise.all(results);
}

/** A way to follow dropped files to the end of their runs. */
export async function followDropped(
  drop: Drop,
  files: readonly LocalFile[],
): Promise<(file: DroppedFile) => Promise<RunDetail>> {
  const { account, view, signal } = drop;
  const ledger = await Ledger.of(account);
  const executions = new Executions(account);
  // Many files followed at once must not keep the machine from working on them.
  const pollEvery = Math.max(POLL_EVERY_MS, files.length * 100);
  const patience = PATIENCE_MS + files.reduce((sum, { size }) => sum + size, 0) * PATIENCE_MS_PER_BYTE;
  const follower: Follower = { ledger, executions, pollEvery, patience, signal };
  return ({ runId, key }) =>
    told(view, key, async () => {
      let run: RunDetail | undefined;
      for await (run of follow(follower, runId, key)) view.show(key, { kind: 'looked', run });
      if (run === undefined) throw new Error(`the run ${runId} was never seen`);
      view.show(key, { kind: 'ended', run });
      return run;
    });
}

async function uploadOne({ view, signal }: Drop, inbox: Inbox, file: LocalFile): Promise<DroppedFile> {
  const { key, size } = file;
  return told(view, key, async () => {
    const startedAt = Date.now();
    const show = (sent: number): void => {
      view.show(key, { kind: 'uploading', sent, size });
    };
    show(0);
    const version = await upload(inbox, file, signal, show);
    const runId = runIdOf(inbox.bucket, key, version);
    view.show(key, { kind: 'uploaded', runId, size, took: Date.now() - startedAt });
    return { ...file, runId, version };
  });
}

/** Also shows the file as given up when the work fails; what went wrong is the command's to say. */
async function told<Result>(view: ProgressView, key: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    view.show(key, { kind: 'given up', reason: 'not followed any longer: `npx assay runs` tells how it ends' });
    throw error;
  }
}
