import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../aws/account';
import { dropAll, followDropped, type Drop } from '../inbox/drop';
import { UserError } from '../failure';
import { counted } from '../output/quantities';
import { progressView } from '../progress/view';
import { Ledger } from '../runs/ledger';
import { outcomeOf } from '../runs/outcome';
import type { RunDetail } from '../runs/summary';
import type { Session } from '../session';
import { demoDays, demoKey, type DemoDays } from './days';
import { purchasesFile, type PurchasesFile } from './purchases-file';
import { readResults, type Results } from './results';
import { allDays, type Truth } from './truth';

const DATASET = 'purchases';

export interface Demonstration {
  readonly day: string;
  readonly file: PurchasesFile;
  readonly run: RunDetail;
  /** Over all days dropped so far. */
  readonly truth: Truth;
  readonly days: number;
  readonly results: Results;
}

/** Drops the file of the first day that is not in the tables yet, and reads what has become of it. */
export async function demonstrate(session: Session, account: Account, folder: string): Promise<Demonstration> {
  const { done, next: day } = await settledDays(session, account);
  const file = purchasesFile(day);
  const path = join(folder, file.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, file.text);
  session.output.progress(`\nDropping ${path}: ${counted(file.truth.rows.read, 'row')}`);
  const run = await dropOne(session, account, path, file);
  if (run.status !== 'succeeded') throw new UserError(`the demo's file was not loaded: ${outcomeOf(run)}`);
  session.output.progress('Reading the tables');
  const truth = allDays([...done.map((each) => purchasesFile(each).truth), file.truth]);
  return {
    day,
    file,
    run,
    truth,
    days: done.length + 1,
    results: await readResults(account, run.id, truth, session.signal),
  };
}

/** The demo's days, after runs that an earlier call left behind have ended. */
async function settledDays(session: Session, account: Account): Promise<DemoDays> {
  const ledger = await Ledger.of(account);
  const days = demoDays(await ledger.list([DATASET]));
  if (days.unfinished.length === 0) return days;
  session.output.progress('Waiting for the run of an earlier demo');
  const files = days.unfinished.map(({ id, key, versionId }) => ({
    path: '',
    key,
    size: 0,
    runId: id,
    version: versionId,
  }));
  const view = progressView(
    session.output,
    files.map(({ key }) => key),
  );
  const follow = await followDropped({ account, view, signal: session.signal }, files);
  await Promise.all(files.map(follow)).finally(() => view.close());
  return demoDays(await ledger.list([DATASET]));
}

async function dropOne(session: Session, account: Account, path: string, { name, text }: PurchasesFile): Promise<RunDetail> {
  const files = [{ path, key: demoKey(name), size: Buffer.byteLength(text) }];
  const view = progressView(
    session.output,
    files.map(({ key }) => key),
  );
  const drop: Drop = { account, view, signal: session.signal };
  try {
    const [run] = await dropAll(drop, files, await followDropped(drop, files));
    if (run === undefined) throw new Error('one file was dropped and no run followed');
    return run;
  } finally {
    await view.close();
  }
}
