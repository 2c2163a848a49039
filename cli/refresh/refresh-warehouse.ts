import type { Account } from '../aws/account';
import { progressView } from '../progress/view';
import type { Session } from '../session';
import { followRefresh, SHOWN_AS } from './follow-refresh';
import type { RefreshRun } from './refresh-run';
import { Refreshes } from './refreshes';

const POLL_EVERY_MS = 500;

/** Starts a refresh and shows it until its end; resolves to how it ended. */
export async function refreshWarehouse(session: Session, account: Account, full: boolean): Promise<RefreshRun> {
  const { output, signal } = session;
  const refreshes = new Refreshes(account);
  const started = await refreshes.start({ full });
  session.leaves = () => `the refresh goes on: once it is committed, core.refresh_ledger has its id ${started.id}`;
  const view = progressView(output, [SHOWN_AS]);
  try {
    return await followRefresh({ refreshes, view, pollEvery: POLL_EVERY_MS, signal }, { ...started, full });
  } finally {
    await view.close();
  }
}
