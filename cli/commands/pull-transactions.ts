import { Command } from 'commander';
import { connect } from '../aws/connect';
import { print } from '../output/print';
import { visible } from '../output/table';
import { daysOf, type DaysAsked } from '../pull/days';
import { pullTransactions } from '../pull/pull-transactions';
import { shortId } from '../runs/find-run';
import { outcomeOf } from '../runs/outcome';
import type { RunDetail } from '../runs/summary';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';
import { day } from './days';

interface TransactionsOptions extends StageOptions, DaysAsked {
  readonly json: boolean;
}

const TRANSACTIONS_HELP = `
A day's file has the same bytes each time it is generated: one that is loaded already is skipped, one whose run failed runs
again. Days are those of UTC, and must be over. Ends with 1 when a run fails.`;

export function pullTransactionsCommand(session: Session): Command {
  return new Command('transactions')
    .description('generate the transactions of some days and follow each file to the end of its run')
    .option('--day <day>', 'one day, as YYYY-MM-DD (default: yesterday)', day)
    .option('--from <day>', 'the first of several days, as YYYY-MM-DD', day)
    .option('--to <day>', 'the last of them (default: the first)', day)
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', TRANSACTIONS_HELP)
    .action(async (options: TransactionsOptions) => {
      const days = daysOf(options, new Date());
      tell(session, options.json, await pullTransactions(session, await connect(options.stage), days));
    });
}

/** As `drop` tells it. */
function tell(session: Session, json: boolean, runs: readonly RunDetail[]): void {
  if (runs.some(({ status }) => status === 'failed')) session.exitCode = 1;
  const lines = runs.map((run) => `${visible(run.file)}  run ${shortId(run.id)}  ${outcomeOf(run)}`);
  print(session.output, json, runs, () => lines.join('\n'));
}
