import type { ExtractInput, ExtractedFile, ExtractResult } from '../../contracts/extract';
import { runIdOf } from '../../contracts/run-id';
import type { Account } from '../aws/account';
import { type Execution, Executions } from '../execution/executions';
import { followExecution } from '../execution/follow-execution';
import { followDropped } from '../inbox/drop';
import { progressView, type ProgressView } from '../progress/view';
import type { RunDetail } from '../runs/summary';
import type { Session } from '../session';
import { Extracts, type StartedExtract } from './extracts';

const POLL_EVERY_MS = 500;
/** What the view calls the extract. */
const SHOWN_AS = 'extract-concessions';

/** An extract as `pull concessions --json` has it. */
export interface Pulled {
  /** In the names of its files, and of its folder in bronze. */
  readonly id: string;
  readonly status: 'succeeded' | 'failed';
  /** What was asked for: changes from then on; null: everything, or not known. */
  readonly from: string | null;
  /** Where the next one begins. */
  readonly next: string | null;
  readonly records: number | null;
  readonly failedStep: string | null;
  readonly error: { readonly name: string; readonly cause: string } | null;
  /** The runs of its files. */
  readonly files: readonly RunDetail[];
}

/** Fetches concessions and follows the runs of the files that are made of them to their ends. */
export async function pullConcessions(session: Session, account: Account, input: Partial<ExtractInput>): Promise<Pulled> {
  const extracts = new Extracts(account);
  const started = await extracts.start(input);
  session.output.progress(`Extract ${started.id} has begun`);
  session.leaves = () => `the extract ${started.id} goes on: \`npx assay runs\` shows its files, once they are there`;
  const failed = await followExtract(session, account, extracts, started);
  if (failed !== undefined)
    return { id: started.id, status: 'failed', from: null, next: null, records: null, ...failed, files: [] };
  const { from, next, records, files } = await extracts.result(started.arn);
  const runs = await followFiles(session, account, files);
  const isGood = runs.every(({ status }) => status !== 'failed');
  const status = isGood ? 'succeeded' : 'failed';
  return { id: started.id, status, from, next, records, failedStep: null, error: null, files: runs };
}

type Failed = Pick<Pulled, 'failedStep' | 'error'>;

interface Look {
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly steps: Execution['steps'];
  readonly failed: Failed | undefined;
}

/** Shows the extract until its end; resolves to what it failed with, if it did. */
async function followExtract(
  { output, signal }: Session,
  account: Account,
  extracts: Extracts,
  { arn }: StartedExtract,
): Promise<Failed | undefined> {
  const executions = new Executions(account);
  const view = progressView(output, [SHOWN_AS]);
  try {
    const { failed } = await followExecution({
      look: async () => lookAt(await executions.look(arn), () => extracts.failure(arn)),
      view,
      shownAs: SHOWN_AS,
      watched: ({ status, steps, failed }) => ({ ...NOTHING, ...failed, status, steps }),
      pollEvery: POLL_EVERY_MS,
      signal,
    });
    return failed;
  } finally {
    await view.close();
  }
}

async function lookAt({ status, steps, error }: Execution, failure: () => ReturnType<Extracts['failure']>): Promise<Look> {
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { status: 'running', steps, failed: undefined };
  if (status === 'SUCCEEDED') return { status: 'succeeded', steps, failed: undefined };
  return { status: 'failed', steps, failed: toldAs(await failure(), error, status) };
}

const NOTHING = { rows: null, note: null, failedStep: null, error: null } as const;

function toldAs(failure: Awaited<ReturnType<Extracts['failure']>>, error: Pulled['error'], status: string): Failed {
  if (failure !== undefined) return { failedStep: failure.step, error: { name: failure.name, cause: failure.cause } };
  const cause = `the execution is ${status.toLowerCase().replace('_', ' ')} and left no report`;
  return { failedStep: null, error: error ?? { name: 'ExecutionCutOff', cause } };
}

async function followFiles(session: Session, account: Account, files: ExtractResult['files']): Promise<RunDetail[]> {
  const { output, signal } = session;
  const dropped = files.map(({ bucket, key, versionId, size }: ExtractedFile) => {
    return { path: '', key, size, version: versionId, runId: runIdOf(bucket, key, versionId) };
  });
  const view: ProgressView = progressView(
    output,
    dropped.map(({ key }) => key),
  );
  try {
    const follow = await followDropped({ account, view, signal }, dropped);
    return await Promise.all(dropped.map(follow));
  } finally {
    await view.close();
  }
}
