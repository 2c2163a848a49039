import { Argument, Command } from 'commander';
import type { Account } from '../aws/account';
import { connect } from '../aws/connect';
import { queryLake } from '../lake/query-lake';
import { readOnlyStatement } from '../lake/read-only';
import { print } from '../output/print';
import { counted } from '../output/quantities';
import { table } from '../output/table';
import { queryRds, type QueryResult } from '../rds/query-rds';
import { queryRedshift } from '../redshift/query-redshift';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';

interface QueryOptions extends StageOptions {
  readonly json: boolean;
}

type Ask = (account: Account, sql: string, signal: AbortSignal) => Promise<QueryResult>;

const STORES = { rds: queryRds, redshift: queryRedshift, lake: queryLake } as const satisfies Record<string, Ask>;

const EXAMPLES = `
Examples:
  npx assay query rds "select * from customer_purchase_summary order by total_spent_aud desc limit 5"
  npx assay query redshift "select * from staging.orders order by ordered_at desc limit 5"
  npx assay query lake "select count(*), sum(amount_aud) from silver.purchases"
  npx assay query lake "select * from quarantine.purchases limit 10" --json`;

export function queryCommand(session: Session): Command {
  return new Command('query')
    .description('ask the database, the warehouse or the lake, read only')
    .addArgument(new Argument('<store>', 'where to ask').choices(Object.keys(STORES)))
    .argument('<sql>', 'one SELECT, in the SQL of PostgreSQL (rds), Redshift (redshift) or Athena (lake)')
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', EXAMPLES)
    .action((store: keyof typeof STORES, sql: string, options: QueryOptions) => query(session, STORES[store], sql, options));
}

async function query({ output, signal }: Session, ask: Ask, sql: string, options: QueryOptions): Promise<void> {
  // Before anything is connected; the stores protect themselves too.
  readOnlyStatement(sql);
  const { columns, rows } = await ask(await connect(options.stage), sql, signal);
  print(output, options.json, { columns, rows }, () => table(columns, rows));
  output.progress(counted(rows.length, 'row'));
}
