import { Command } from 'commander';
import { connect } from '../aws/connect';
import { print } from '../output/print';
import { progressView } from '../progress/view';
import { followRefresh, SHOWN_AS } from '../refresh/follow-refresh';
import { refreshText } from '../refresh/refresh-text';
import { Refreshes } from '../refresh/refreshes';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';

interface RefreshOptions extends StageOptions {
  readonly full: boolean;
  readonly json: boolean;
}

const POLL_EVERY_MS = 500;

const MORE_HELP = `
Takes in what was loaded into staging since the refresh before: dimensions with history, facts and marts, in one transaction,
so that readers see all of it or nothing. A changed row counts as removed and added. Refreshes wait for each other. Ends with
1 when the refresh fails; the loads are then taken in by the next one.`;

export function refreshCommand(session: Session): Command {
  return new Command('refresh')
    .description('build the star schema of the warehouse from what was loaded, and follow it to its end')
    .option('--full', 'build every table from nothing: after the SQL of a model was changed', false)
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', MORE_HELP)
    .action((options: RefreshOptions) => refresh(session, options));
}

async function refresh(session: Session, { full, json, stage }: RefreshOptions): Promise<void> {
  const { output, signal } = session;
  const refreshes = new Refreshes(await connect(stage));
  const started = await refreshes.start({ full });
  session.leaves = () => `the refresh goes on: once it is committed, core.refresh_ledger has its id ${started.id}`;
  const view = progressView(output, [SHOWN_AS]);
  try {
    const run = await followRefresh({ refreshes, view, pollEvery: POLL_EVERY_MS, signal }, { ...started, full });
    await view.close();
    if (run.status === 'failed') session.exitCode = 1;
    print(output, json, run, () => refreshText(run));
  } finally {
    await view.close();
  }
}
