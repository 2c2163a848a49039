import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { connect } from '../aws/connect';
import { demonstrate } from '../demo/demo';
import { allDisagreements, told } from '../demo/telling';
import { startLaptop } from '../laptop/start';
import { print } from '../output/print';
import { duration } from '../output/quantities';
import type { Session } from '../session';
import { jsonOption } from '../stage';

/** Its times are the README's. */
export const BEFORE = `Assay's demo: a file of purchases on its whole way, on this machine, with no AWS account.
  1. start the laptop: an AWS emulator, Spark and PostgreSQL, and deploy the app's own stacks to it
  2. drop a generated file of about 3,000 purchases, some of them bad, into the inbox
  3. follow its run step by step: checked, stored, to silver, to gold, to the database, archived
  4. compare the tables with what the generator knows
The first time takes some three minutes, mostly installing; later it takes some twenty seconds.
`;

export function demoCommand(session: Session): Command {
  return new Command('demo')
    .description('start the laptop, drop a generated file, show every step and check the result')
    .addOption(jsonOption())
    .action((options: { json: boolean }) => demo(session, options.json));
}

async function demo(session: Session, json: boolean): Promise<void> {
  const { output } = session;
  const startedAt = Date.now();
  output.progress(BEFORE);
  const laptop = await startLaptop(session);
  const shown = await demonstrate(session, await connect('local'), join(dirname(laptop.logs), 'demo'));
  const wrong = allDisagreements(shown);
  if (wrong.length > 0) session.exitCode = 1;
  const { day, run, days, results } = shown;
  const document = { day, run, days, topCustomers: results.topCustomers, disagreements: wrong };
  output.progress('');
  print(output, json, document, () => told(shown));
  output.progress(`\nDone in ${duration(Date.now() - startedAt)}. The laptop is still running: \`npx assay down\` stops it.`);
}
