import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { connect } from '../aws/connect';
import { demonstrate } from '../demo/demo';
import { allDisagreements, told } from '../demo/telling';
import { demonstrateWarehouse } from '../demo/warehouse';
import { warehouseTold } from '../demo/warehouse-telling';
import { startLaptop } from '../laptop/start';
import { print } from '../output/print';
import { duration } from '../output/quantities';
import type { Session } from '../session';
import { jsonOption } from '../stage';

const STILL_RUNNING = 'The laptop is still running: `npx assay down` stops it.';

/** Its times are the README's. */
export const BEFORE = `Assay's demo: a file of purchases on its whole way, on this machine, with no AWS account.
  1. start the laptop: an AWS emulator, Spark and PostgreSQL, and deploy the app's own stacks to it
  2. drop a generated file of about 3,000 purchases, some of them bad, into the inbox
  3. follow its run step by step: checked, stored, to silver, to gold, to the database, archived
  4. compare the tables with what the generator knows
The first time takes some three minutes, mostly installing; later it takes some twenty seconds.
`;

/** Its times are the README's. */
export const BEFORE_WAREHOUSE = `Assay's demo of the warehouse: six related datasets to a star schema, on this machine, with no AWS account.
  1. start the laptop: an AWS emulator, Spark and PostgreSQL, which stands for Redshift, and deploy the app's own stacks to it
  2. drop generated customers, products, orders, order items, web events and inventory, one row in a hundred bad
  3. refresh the star schema: dimensions with history, facts and marts, in one transaction
  4. compare it with what the generator and the lake know, and ask it some questions
It takes some four minutes, and more the first time, for installing. A second time the same files bring nothing new.
`;

interface DemoOptions {
  readonly warehouse: boolean;
  readonly json: boolean;
}

export function demoCommand(session: Session): Command {
  return new Command('demo')
    .description('start the laptop, drop generated files, show every step and check the result')
    .option('--warehouse', 'six datasets to a star schema, instead of one file to a database', false)
    .addOption(jsonOption())
    .action(({ warehouse, json }: DemoOptions) => (warehouse ? demoWarehouse(session, json) : demo(session, json)));
}

async function demoWarehouse(session: Session, json: boolean): Promise<void> {
  const { output } = session;
  const startedAt = Date.now();
  output.progress(BEFORE_WAREHOUSE);
  const laptop = await startLaptop(session);
  const shown = await demonstrateWarehouse(session, await connect('local'), join(dirname(laptop.logs), 'demo-warehouse'));
  if (shown.disagreements.length > 0) session.exitCode = 1;
  output.progress('');
  print(output, json, shown, () => warehouseTold(shown));
  output.progress(`\nDone in ${duration(Date.now() - startedAt)}. ${STILL_RUNNING}`);
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
  output.progress(`\nDone in ${duration(Date.now() - startedAt)}. ${STILL_RUNNING}`);
}
