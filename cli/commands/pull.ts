import { Command } from 'commander';
import type { Session } from '../session';
import { pullConcessionsCommand } from './pull-concessions';
import { pullTransactionsCommand } from './pull-transactions';

/** What nobody uploads: functions of ours bring it. */
export function pullCommand(session: Session): Command {
  return new Command('pull')
    .description('bring what no partner uploads: generated transactions, concessions from their API')
    .addCommand(pullTransactionsCommand(session))
    .addCommand(pullConcessionsCommand(session));
}
