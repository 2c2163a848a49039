import { Command } from 'commander';
import { down as stopLaptop } from '../../local/laptop';
import { print } from '../output/print';
import type { Session } from '../session';
import { jsonOption } from '../stage';

interface DownOptions {
  readonly deleteData: boolean;
  readonly json: boolean;
}

export function downCommand(session: Session): Command {
  return new Command('down')
    .description('stop the laptop; its files and tables are there again after the next up')
    .option('--delete-data', 'delete all it holds too: files, tables, database, deployment', false)
    .addOption(jsonOption())
    .action((options: DownOptions) => down(session, options));
}

async function down({ output }: Session, { deleteData, json }: DownOptions): Promise<void> {
  const stopped = await stopLaptop({ deleteData }, (line) => {
    output.progress(`  ${line}`);
  });
  const what = stopped ? 'the laptop is stopped' : 'the laptop was not running';
  const data = deleteData ? 'its data is deleted' : 'its data is kept';
  print(output, json, { stopped, dataDeleted: deleteData }, () => `${what}; ${data}`);
}
