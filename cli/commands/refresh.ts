import { Argument, Command } from 'commander';
import { connect } from '../aws/connect';
import { UsageError } from '../failure';
import { print } from '../output/print';
import { modelSnowflake, modellingText } from '../refresh/model-snowflake';
import { refreshText } from '../refresh/refresh-text';
import { refreshWarehouse } from '../refresh/refresh-warehouse';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';
import { day } from './days';

interface RefreshOptions extends StageOptions {
  readonly full: boolean;
  readonly from?: string;
  readonly json: boolean;
}

const MORE_HELP = `
warehouse: takes in what was loaded into Redshift's staging since the refresh before: dimensions with history, facts and
marts, in one transaction, so that readers see all of it or nothing. A changed row counts as removed and added. Refreshes
wait for each other. Ends with 1 when the refresh fails; the loads are then taken in by the next one.

snowflake: runs dbt over what was loaded there, models and tests, when its turn comes. It also runs after each load; by hand it
is for days before the marts' window of a week, which a late batch or correction leaves behind (marts_behind names them):
\`npx assay refresh snowflake --from 2026-01-31\`; and, with --full, for after a model was changed.`;

export function refreshCommand(session: Session): Command {
  return new Command('refresh')
    .description('build what is made of the loads, the star schema or the models of Snowflake, and follow it to its end')
    .addArgument(new Argument('[what]', 'what to build').choices(['warehouse', 'snowflake']).default('warehouse'))
    .option('--full', 'build every table from nothing: after the SQL of a model was changed', false)
    .option('--from <day>', 'of snowflake: build the marts anew from this day on, as YYYY-MM-DD', day)
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', MORE_HELP)
    .action((what: string, options: RefreshOptions) =>
      what === 'snowflake' ? model(session, options) : refresh(session, options),
    );
}

async function refresh(session: Session, { full, from, json, stage }: RefreshOptions): Promise<void> {
  if (from !== undefined) throw new UsageError('--from is for snowflake: the warehouse finds the days that changed itself');
  const run = await refreshWarehouse(session, await connect(stage), full);
  if (run.status === 'failed') session.exitCode = 1;
  print(session.output, json, run, () => refreshText(run));
}

async function model(session: Session, { full, from, json, stage }: RefreshOptions): Promise<void> {
  if (full && from !== undefined) throw new UsageError('say --full or --from DAY, not both');
  if (from !== undefined && Date.parse(from) > Date.now()) throw new UsageError(`--from ${from} is still to come`);
  const run = await modelSnowflake(session, await connect(stage), { full, from });
  if (run.status === 'failed') session.exitCode = 1;
  print(session.output, json, run, () => modellingText(run));
}
