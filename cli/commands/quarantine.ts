import { Command } from 'commander';
import { connect } from '../aws/connect';
import { checkedContractOf } from '../datasets';
import { queryLake } from '../lake/query-lake';
import { print } from '../output/print';
import { table } from '../output/table';
import { listedRuns, refusedRowText, refusedRows, type RefusedInRun } from '../quarantine/refused-row';
import { listSql, showSql } from '../quarantine/sql';
import { findRun, shortId } from '../runs/find-run';
import { Ledger } from '../runs/ledger';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';
import { positive } from './numbers';
import { exportCommand, releaseCommand } from './quarantine-release';
import { hexadecimal } from './run';

interface ListOptions extends StageOptions {
  readonly json: boolean;
}

interface ShowOptions extends ListOptions {
  readonly run?: string;
  readonly limit: number;
}

const NOTHING_THERE = 'no row of this dataset was refused';
const NOTHING_OF_RUN =
  'no row of this run is in quarantine: none was refused, all came back, or a replay of its file refused them anew';

export function quarantineCommand(session: Session): Command {
  const list = new Command('list')
    .description('how many rows of which file were refused')
    .argument('<dataset>')
    .addOption(jsonOption())
    .addOption(stageOption())
    .action((dataset: string, options: ListOptions) => listRefused(session, dataset, options));
  const show = new Command('show')
    .description('refused rows: file, line, every reason, and the row as it came')
    .argument('<dataset>')
    .option('--run <id>', 'only of this run; a beginning of its id is enough', hexadecimal)
    .option('--limit <number>', 'at most so many rows', positive, 20)
    .addOption(jsonOption())
    .addOption(stageOption())
    .action((dataset: string, options: ShowOptions) => showRefused(session, dataset, options));
  return new Command('quarantine')
    .description('rows that broke their contract, and their way back')
    .addCommand(list)
    .addCommand(show)
    .addCommand(exportCommand(session))
    .addCommand(releaseCommand(session));
}

async function listRefused({ output, signal }: Session, name: string, options: ListOptions): Promise<void> {
  const { dataset } = checkedContractOf(name);
  const { rows } = await queryLake(await connect(options.stage), listSql(dataset), signal);
  const runs = listedRuns(rows);
  print(output, options.json, runs, () => runsText(runs));
}

function runsText(runs: readonly RefusedInRun[]): string {
  if (runs.length === 0) return NOTHING_THERE;
  const cells = runs.map(({ run, file, ingestionDate, rows }) => [shortId(run), file, ingestionDate, rows]);
  return table(['run', 'file', 'ingestion date', 'rows'], cells);
}

async function showRefused({ output, signal }: Session, name: string, options: ShowOptions): Promise<void> {
  const contract = checkedContractOf(name);
  const { dataset } = contract;
  const account = await connect(options.stage);
  const run = options.run === undefined ? undefined : await findRun(await Ledger.of(account), [dataset], options.run);
  const { rows } = await queryLake(account, showSql(dataset, { run: run?.id, limit: options.limit }), signal);
  const refused = refusedRows(rows);
  const nothing = run === undefined ? NOTHING_THERE : NOTHING_OF_RUN;
  const text = () => refused.map((row) => refusedRowText(row, contract)).join('\n');
  print(output, options.json, refused, () => (refused.length === 0 ? nothing : text()));
  if (refused.length === options.limit) output.progress(`the first ${options.limit}: --limit shows more`);
}
