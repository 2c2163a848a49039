import { Command } from 'commander';
import { connect } from '../aws/connect';
import { contractOf, ledgerDatasets } from '../datasets';
import { print } from '../output/print';
import { table } from '../output/table';
import { UNMATCHED } from '../runs/file-item';
import { shortId } from '../runs/find-run';
import { Ledger } from '../runs/ledger';
import { summaryOf, type RunSummary } from '../runs/summary';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';
import { positive } from './numbers';

interface RunsOptions extends StageOptions {
  readonly dataset?: string;
  readonly limit?: number;
  readonly json: boolean;
}

export function runsCommand(session: Session): Command {
  return new Command('runs')
    .description('every file that came, newest first: state, rows, error')
    .option('--dataset <name>', `only this dataset's; ${UNMATCHED} for files that no contract knows`)
    .option('--limit <number>', 'only the newest', positive)
    .addOption(jsonOption())
    .addOption(stageOption())
    .action((options: RunsOptions) => runs(session, options));
}

async function runs({ output }: Session, options: RunsOptions): Promise<void> {
  const { dataset } = options;
  if (dataset !== undefined && dataset !== UNMATCHED) contractOf(dataset);
  const ledger = await Ledger.of(await connect(options.stage));
  const items = await ledger.list(dataset === undefined ? ledgerDatasets() : [dataset]);
  const summaries = items.slice(0, options.limit).map(summaryOf);
  print(output, options.json, summaries, () => runsTable(summaries));
}

export function runsTable(summaries: readonly RunSummary[]): string {
  if (summaries.length === 0) return 'no file has come yet: `npx assay drop FILE`';
  const columns = [
    'run',
    'dataset',
    'file',
    'outcome',
    'status',
    'started',
    'read',
    'published',
    'quarantined',
    'deduplicated',
    'error',
  ];
  const rows = summaries.map(({ id, dataset, file, outcome, status, startedAt, rows: counts, error }) => [
    shortId(id),
    dataset ?? '',
    file,
    outcome ?? '',
    status,
    startedAt.slice(0, 19).replace('T', ' '),
    ...(counts ? [counts.read, counts.published, counts.quarantined, counts.deduplicated] : ['', '', '', '']),
    error?.name ?? '',
  ]);
  return table(columns, rows);
}
