import type { Account } from '../aws/account';
import { Executions } from '../execution/executions';
import { Ledger } from '../runs/ledger';
import { follow, type Follower } from '../runs/follow';
import { runIdOf } from '../runs/run-id';
import type { RunDetail } from '../runs/summary';
import { UserError } from '../failure';
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

/** Uploads the files, some at once; `then` goes on with each as soon as it is there. Results are in the files' order. */
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
      results[index].catch(() => undefined);
      await dropped;
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, uploadRest));
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
  const allBytes = files.reduce((sum, { size }) => sum + size, 0);
  const follower: Follower = {
    ledger,
    executions,
    pollEvery,
    patience: PATIENCE_MS + allBytes * PATIENCE_MS_PER_BYTE,
    signal,
  };
  return async ({ runId, key }) => {
    try {
      let run: RunDetail | undefined;
      for await (run of follow(follower, runId, key)) view.show(key, { kind: 'looked', run });
      if (run === undefined) throw new Error(`the run ${runId} was never seen`);
      view.show(key, { kind: 'ended', run });
      return run;
    } catch (error) {
      view.show(key, {
        kind: 'given up',
        reason: error instanceof UserError ? error.message : 'not followed any longer',
      });
      throw error;
    }
  };
}

async function uploadOne({ view, signal }: Drop, inbox: Inbox, file: LocalFile): Promise<DroppedFile> {
  const { key, size } = file;
  const startedAt = Date.now();
  view.show(key, { kind: 'uploading', sent: 0, size });
  const version = await upload(inbox, file, signal, (sent) => view.show(key, { kind: 'uploading', sent, size }));
  const runId = runIdOf(inbox.bucket, key, version);
  view.show(key, { kind: 'uploaded', runId, size, took: Date.now() - startedAt });
  return { ...file, runId, version };
}
