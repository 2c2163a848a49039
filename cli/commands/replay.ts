import { Command } from 'commander';
import { connect } from '../aws/connect';
import { contractOf } from '../datasets';
import { UsageError, UserError } from '../failure';
import { counted } from '../output/quantities';
import { print } from '../output/print';
import { visible } from '../output/table';
import { followRequested } from '../requests/follow-requested';
import { inForce } from '../requests/in-force';
import { request } from '../requests/request';
import type { FileItem } from '../runs/file-item';
import { shortId } from '../runs/find-run';
import { Ledger } from '../runs/ledger';
import { outcomeOf } from '../runs/outcome';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';
import { day } from './days';

interface ReplayOptions extends StageOptions {
  readonly from?: string;
  readonly to?: string;
  readonly file?: string;
  readonly json: boolean;
}

const MORE_HELP = `
Loads files once more from the archive, through the same machine and under the contract as it is now: after a contract or a
model was mended. Files of other days are not touched, and rows that were released stay. A file that fails leaves its rows
as they were. Ends with 1 when one of them fails.`;

export function replayCommand(session: Session): Command {
  return new Command('replay')
    .description('load archived files once more: of some days, or one file')
    .argument('<dataset>')
    .option('--from <day>', 'the first ingestion date, as YYYY-MM-DD', day)
    .option('--to <day>', 'the last ingestion date (default: the first)', day)
    .option('--file <key>', 'one file, by its key in the inbox')
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', MORE_HELP)
    .action((dataset: string, options: ReplayOptions) => replay(session, dataset, options));
}

async function replay(session: Session, dataset: string, options: ReplayOptions): Promise<void> {
  const isChosen = choiceOf(options);
  contractOf(dataset);
  const account = await connect(options.stage);
  const files = inForce(await (await Ledger.of(account)).list([dataset])).filter(isChosen);
  if (files.length === 0)
    throw new UserError(
      `no file of ${dataset} ${placeText(options)} was loaded to the end: one whose run failed is dropped again; see \`npx assay runs\``,
    );
  session.output.progress(`Replaying ${counted(files.length, 'file')} from the archive`);
  const runs = await followRequested(session, account, files, ({ id }) =>
    request(account, { kind: 'Replay Requested', run: id }),
  );
  if (runs.some(({ status }) => status === 'failed')) session.exitCode = 1;
  const lines = runs.map((run) => `${visible(run.file)}  run ${shortId(run.id)}  ${outcomeOf(run)}`);
  print(session.output, options.json, runs, () => lines.join('\n'));
}

function choiceOf({ from, to = from, file }: ReplayOptions): (item: FileItem) => boolean {
  if ((from === undefined) === (file === undefined)) throw new UsageError('say --from DAY, with --to DAY, or --file KEY');
  if (from === undefined || to === undefined) return ({ key }) => key === file;
  if (from > to) throw new UsageError(`--from ${from} is after --to ${to}`);
  return ({ ingestionDate = '' }) => ingestionDate >= from && ingestionDate <= to;
}

function placeText({ from, to = from, file }: ReplayOptions): string {
  if (file !== undefined) return `named ${file}`;
  return from === to ? `of ${from}` : `of ${from} to ${to}`;
}
