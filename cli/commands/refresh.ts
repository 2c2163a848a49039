import { Command } from 'commander';
import { connect } from '../aws/connect';
import { print } from '../output/print';
import { refreshText } from '../refresh/refresh-text';
import { refreshWarehouse } from '../refresh/refresh-warehouse';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';

interface RefreshOptions extends StageOptions {
  readonly full: boolean;
  readonly json: boolean;
}

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
  const run = await refreshWarehouse(session, await connect(stage), full);
  if (run.status === 'failed') session.exitCode = 1;
  print(session.output, json, run, () => refreshText(run));
}
