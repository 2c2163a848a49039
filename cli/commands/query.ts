import { Argument, Command, InvalidArgumentError } from 'commander';
import type { Account } from '../aws/account';
import { connect } from '../aws/connect';
import { UsageError } from '../failure';
import { queryLake } from '../lake/query-lake';
import { readOnlyStatement } from '../lake/read-only';
import { print } from '../output/print';
import { counted } from '../output/quantities';
import { table } from '../output/table';
import { queryRds, querySnowflake, type QueryResult } from '../aws/query-function';
import { readText } from '../read-text';
import { checkParameters, type Parameters } from '../redshift/parameters';
import { queryRedshift } from '../redshift/query-redshift';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';

interface QueryOptions extends StageOptions {
  readonly file?: string;
  readonly param?: Parameters;
  readonly json: boolean;
}

type Ask = (account: Account, sql: string, signal: AbortSignal, parameters: Parameters) => Promise<QueryResult>;

const STORES = {
  rds: queryRds,
  redshift: queryRedshift,
  lake: queryLake,
  snowflake: querySnowflake,
} as const satisfies Record<string, Ask>;
type Store = keyof typeof STORES;

const EXAMPLES = `
Examples:
  npx assay query rds "select * from customer_purchase_summary order by total_spent_aud desc limit 5"
  npx assay query redshift "select * from staging.orders order by ordered_at desc limit 5"
  npx assay query redshift --file sql/queries/top_customers.sql \\
    --param from_day=2025-01-01 --param to_day=2025-12-31 --param limit=10
  npx assay query lake "select count(*), sum(amount_aud) from silver.purchases"
  npx assay query lake "select * from quarantine.purchases limit 10" --json
  npx assay query snowflake "select * from marts.daily_sales_by_store order by sales_date desc limit 10"
  npx assay query snowflake "select * from staging.stg_sales_rejected limit 10"

In SQL for Redshift :name is a parameter, whose value is a string: cast it, as cast(:from_day as date). The queries in sql/queries
name theirs in their first lines, with examples.`;

export function queryCommand(session: Session): Command {
  return new Command('query')
    .description('ask the database, the warehouse, Snowflake or the lake, read only')
    .addArgument(new Argument('<store>', 'where to ask').choices(Object.keys(STORES)))
    .argument('[sql]', 'one SELECT, in the SQL of PostgreSQL (rds), Redshift, Athena (lake) or Snowflake')
    .option('--file <path>', 'a file with the SELECT, instead')
    .option('--param <name=value>', 'the value of :name in the SQL, for redshift; may be repeated', parameter)
    .addOption(jsonOption())
    .addOption(stageOption())
    .addHelpText('after', EXAMPLES)
    .action((store: Store, sql: string | undefined, options: QueryOptions) => query(session, store, sql, options));
}

async function query({ output, signal }: Session, store: Store, sql: string | undefined, options: QueryOptions): Promise<void> {
  const { stage, json, file, param = new Map<string, string>() } = options;
  // Before anything is connected; the stores protect themselves too.
  const statement = readOnlyStatement(statementOf(sql, file));
  if (store === 'redshift') checkParameters(statement, param);
  else if (param.size > 0)
    throw new UsageError(`--param is for redshift, and ${store} takes no parameters: write the values into the SQL`);
  const ask: Ask = STORES[store];
  const { columns, rows } = await ask(await connect(stage), statement, signal, param);
  print(output, json, { columns, rows }, () => table(columns, rows));
  output.progress(counted(rows.length, 'row'));
}

function statementOf(sql: string | undefined, file: string | undefined): string {
  if (sql !== undefined && file !== undefined) throw new UsageError('say the SQL or --file PATH, not both');
  if (sql !== undefined) return sql;
  if (file === undefined) throw new UsageError('say what to ask: the SQL after the store, or --file PATH');
  return readText(file);
}

function parameter(text: string, given: Parameters = new Map()): Parameters {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('expected NAME=VALUE, as from_day=2025-01-01.');
  if (value === '') throw new InvalidArgumentError(`expected a value after ${name}=, since Redshift takes no empty one.`);
  if (given.has(name)) throw new InvalidArgumentError(`expected each name once, and ${name} has a value already.`);
  return new Map([...given, [name, value]]);
}
