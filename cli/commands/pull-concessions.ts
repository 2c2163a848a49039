import { Command, InvalidArgumentError, Option } from 'commander';
import { SourceUnavailable } from '../../contracts/errors';
import { ExtractInput } from '../../contracts/extract';
import { connect } from '../aws/connect';
import { UsageError } from '../failure';
import { print } from '../output/print';
import { pulledText } from '../pull/pulled-text';
import { pullConcessions } from '../pull/pull-concessions';
import type { Session } from '../session';
import { jsonOption, LOCAL, stageOption, type StageOptions } from '../stage';

interface ConcessionsOptions extends StageOptions {
  readonly since?: string;
  readonly full?: boolean;
  readonly json: boolean;
}

const ABOUT_CONCESSIONS = `
Asks the concessions API for what was changed since the last complete extract, makes a file of each dataset of it and follows the
files' runs to their ends. Ends with 1 when the extract fails, which the next one makes good, or when the run of a file fails: its
records are fetched, and come again only by --since or --full. docs/concessions.md says where the API is and what it lets us in with.`;

export function pullConcessionsCommand(session: Session): Command {
  return new Command('concessions')
    .description('fetch the concessions that were changed, and follow their files to the end of their runs')
    .addOption(
      new Option('--since <moment>', 'what was changed since then, as 2026-01-31T00:00:00Z')
        .argParser(moment)
        .conflicts('full'),
    )
    .option('--full', 'all that there are')
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', ABOUT_CONCESSIONS)
    .action((options: ConcessionsOptions) => pull(session, options));
}

async function pull(session: Session, { since, full, json, stage }: ConcessionsOptions): Promise<void> {
  if (since !== undefined && Date.parse(since) > Date.now()) throw new UsageError(`--since ${since} is still to come`);
  const input = { ...(since !== undefined && { since }), ...(full === true && { full }) };
  const pulled = await pullConcessions(session, await connect(stage), input);
  if (pulled.status === 'failed') session.exitCode = 1;
  if (stage === LOCAL && pulled.error?.name === SourceUnavailable.name)
    session.output.progress('on the laptop `npx tsx test/concessions-api/main.ts` plays the API: docs/concessions.md');
  print(session.output, json, pulled, () => pulledText(pulled));
}

function moment(text: string): string {
  if (ExtractInput.safeParse({ since: text }).success) return text;
  throw new InvalidArgumentError('Expected a moment such as 2026-01-31T00:00:00Z.');
}
