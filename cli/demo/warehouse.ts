import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '../../contracts/catalog';
import type { Account } from '../aws/account';
import { CONTRACTS_FOLDER } from '../datasets';
import { UserError } from '../failure';
import { NO_DEFECTS, readRates } from '../generate/defect/rates';
import { generate, type Options } from '../generate/generate';
import { generateView } from '../generate/output/view';
import type { Manifest } from '../generate/output/manifest';
import { dropAll, followDropped, type Drop } from '../inbox/drop';
import { queryLake } from '../lake/query-lake';
import { counted } from '../output/quantities';
import { progressView } from '../progress/view';
import type { QueryResult } from '../aws/query-function';
import { queryRedshift } from '../redshift/query-redshift';
import type { RefreshRun } from '../refresh/refresh-run';
import { refreshText } from '../refresh/refresh-text';
import { refreshWarehouse } from '../refresh/refresh-warehouse';
import { outcomeOf } from '../runs/outcome';
import type { RunDetail } from '../runs/summary';
import type { Session } from '../session';
import { demoKey } from './days';
import { countDisagreements } from './telling';

/** Small enough for a few minutes; the same each time. */
const SAMPLE: Options = {
  seed: 1,
  sizes: { customers: 300, products: 60, orders: 1_000, webEvents: 5_000 },
  from: '2025-01-01',
  to: '2025-12-31',
  batches: 1,
  format: 'mixed',
  defects: readRates('0.01') ?? NO_DEFECTS,
};

const TABLES = `select 'core.dim_customer' as table_name, count(*) as table_rows from core.dim_customer
  union all select 'core.dim_product', count(*) from core.dim_product
  union all select 'core.dim_geography', count(*) from core.dim_geography
  union all select 'core.dim_date', count(*) from core.dim_date
  union all select 'core.fact_sales', count(*) from core.fact_sales
  union all select 'core.fact_web_events', count(*) from core.fact_web_events
  union all select 'core.fact_inventory', count(*) from core.fact_inventory
  union all select 'marts.daily_sales', count(*) from marts.daily_sales
  union all select 'marts.customer_lifetime_value', count(*) from marts.customer_lifetime_value
  order by 1`;
const CATEGORIES = `select category, sum(orders) as orders, sum(units) as units, sum(net_amount) as net_amount
  from marts.daily_sales group by category order by net_amount desc`;
/** The customer with the most states: what each of them bought. */
const HISTORY = `select customer.valid_from, customer.segment, customer.loyalty_tier, customer.city,
    count(distinct sales.order_id) as orders, sum(sales.net_amount) as net_amount
  from core.dim_customer as customer
  inner join core.fact_sales as sales on customer.customer_key = sales.customer_key
  where customer.customer_id = (
    select top 1 dim_customer.customer_id from core.dim_customer
    inner join core.fact_sales on dim_customer.customer_key = fact_sales.customer_key
    group by dim_customer.customer_id
    order by count(distinct dim_customer.customer_key) desc, dim_customer.customer_id
  )
  group by customer.valid_from, customer.segment, customer.loyalty_tier, customer.city
  order by customer.valid_from`;
const SOLD = 'select count(*), cast(sum(amount) as varchar(40)) from core.fact_sales';
const PUBLISHED = 'select count(*), cast(sum(line_amount) as varchar) from silver.order_items';

export interface WarehouseDemonstration {
  readonly runs: readonly RunDetail[];
  readonly refresh: RefreshRun;
  readonly tables: QueryResult;
  readonly categories: QueryResult;
  readonly history: QueryResult;
  readonly sold: readonly [lines: string, amount: string];
  /** Where something differs from what is known; empty is right. */
  readonly disagreements: readonly string[];
}

/** Generates the sample into the folder, drops it, refreshes the star schema and reads what has become of it. */
export async function demonstrateWarehouse(
  session: Session,
  account: Account,
  folder: string,
): Promise<WarehouseDemonstration> {
  const manifest = await writeSample(session, folder);
  session.output.progress(`\nDropping ${counted(manifest.files.length, 'file')} of ${folder}`);
  const runs = await dropSample(session, account, folder, manifest);
  session.output.progress('\nRefreshing the star schema');
  const refresh = await refreshWarehouse(session, account, false);
  if (refresh.status === 'failed') throw new UserError(refreshText(refresh));
  session.output.progress('Reading the tables');
  const ask = (sql: string): Promise<QueryResult> => queryRedshift(account, sql, session.signal);
  const [tables, categories, history, sold, published] = await Promise.all([
    ask(TABLES),
    ask(CATEGORIES),
    ask(HISTORY),
    ask(SOLD).then(textOf),
    queryLake(account, PUBLISHED, session.signal).then(textOf),
  ]);
  const disagreements = [
    ...runs.flatMap((run) => wrongCounts(run, manifest)),
    ...(sold.join() === published.join()
      ? []
      : [`fact_sales has ${sold.join(' lines, ')}, silver ${published.join(' lines, ')}`]),
  ];
  return { runs, refresh, tables, categories, history, sold, disagreements };
}

async function writeSample({ output, signal }: Session, folder: string): Promise<Manifest> {
  const view = generateView(output, SAMPLE.batches);
  try {
    return await generate(SAMPLE, loadContracts(CONTRACTS_FOLDER), folder, { signal, progress: view });
  } finally {
    view.close();
  }
}

async function dropSample(session: Session, account: Account, folder: string, { files }: Manifest): Promise<RunDetail[]> {
  const dropped = files.map(({ name }) => {
    const path = join(folder, name);
    return { path, key: demoKey(name), size: statSync(path).size };
  });
  const view = progressView(
    session.output,
    dropped.map(({ key }) => key),
  );
  const drop: Drop = { account, view, signal: session.signal };
  try {
    const runs = await dropAll(drop, dropped, await followDropped(drop, dropped));
    const failed = runs.find(({ status }) => status === 'failed');
    if (failed) throw new UserError(`a file of the demo was not loaded: ${failed.file} ${outcomeOf(failed)}`);
    return runs;
  } finally {
    await view.close();
  }
}

/** A file that was loaded before is skipped, and has no counts. */
function wrongCounts({ file, status, rows }: RunDetail, { files }: Manifest): string[] {
  const known = files.find(({ name }) => demoKey(name) === file);
  if (status !== 'succeeded' || known === undefined) return [];
  return countDisagreements(rows, known.expected).map((text) => `${file}: ${text}`);
}

function textOf({ rows: [row = []] }: QueryResult): [lines: string, amount: string] {
  return [String(row[0]), String(row[1])];
}
