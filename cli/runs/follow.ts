import { setTimeout as sleep } from 'node:timers/promises';
import type { Executions } from '../execution/executions';
import { UserError } from '../failure';
import { duration } from '../output/quantities';
import type { FileItem } from './file-item';
import type { Ledger } from './ledger';
import { detailOf, type RunDetail } from './summary';

export interface Follower {
  readonly ledger: Pick<Ledger, 'get'>;
  readonly executions: Pick<Executions, 'look'>;
  /** Between two looks, in milliseconds. */
  readonly pollEvery: number;
  /** How long a file may lie in the inbox before nothing seems to take it, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** A run at every look at it, until it has ended; the last one is how it ended. */
export async function* follow(follower: Follower, id: string, file: string): AsyncGenerator<RunDetail> {
  let item = await whenTaken(follower, id, file);
  for (;;) {
    const execution = item.executionArn === undefined ? undefined : await follower.executions.look(item.executionArn);
    // The ledger after the execution: what an ended execution wrote there is then read.
    item = (await follower.ledger.get(id)) ?? item;
    yield detailOf(item, execution);
    if (execution ? execution.status !== 'RUNNING' : isOver(item)) return;
    await pause(follower);
  }
}

async function whenTaken(follower: Follower, id: string, file: string): Promise<FileItem> {
  const giveUpAt = Date.now() + follower.patience;
  for (;;) {
    const item = await follower.ledger.get(id);
    if (item !== undefined && item.status !== 'claimed') return item;
    if (Date.now() > giveUpAt) throw new UserError(nothingTookIt(file, item, follower.patience));
    await pause(follower);
  }
}

function nothingTookIt(file: string, item: FileItem | undefined, patience: number): string {
  const time = duration(patience);
  if (item) return `${file} was received but not started within ${time}: see \`npx assay status\` and the log of receive-file`;
  return `nothing took ${file} out of the inbox within ${time}: see \`npx assay status\` and the log of receive-file`;
}

/** An item without an execution: refused or skipped before one was started. */
function isOver({ status }: FileItem): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'skipped';
}

async function pause({ pollEvery, signal }: Follower): Promise<void> {
  await sleep(pollEvery, undefined, { signal });
}
