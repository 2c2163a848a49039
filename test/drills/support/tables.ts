import { queryLake } from '../../../cli/lake/query-lake';
import { queryRds } from '../../../cli/aws/query-function';
import type { DrillLaptop } from './laptop';

/** A drill's rows in every table, sorted, without what names a run or a time, and with "drill" for the drill's own name. */
export type Tables = Readonly<Record<string, readonly string[]>>;

const PURCHASE = `purchase_id, customer_id, first_name, last_name, email, product, quantity, cast(amount_aud as varchar),
  cast(purchase_date as varchar), cast(ingestion_date as varchar), _source_key, _source_version, _row_number, _released_by`;
const SUMMARY = `customer_id, full_name, email, cast(total_spent_aud as varchar),
  cast(first_purchase_date as varchar), cast(last_purchase_date as varchar)`;

function queries(drill: string): Readonly<Record<string, string>> {
  const ours = `where _source_key like '${drill}%'`;
  const customers = `where customer_id like '${drill}%'`;
  return {
    'silver.purchases': `select ${PURCHASE} from silver.purchases ${ours}`,
    'silver.purchases_by_file': `select ${PURCHASE}, _is_current from silver.purchases_by_file ${ours}`,
    'gold.customer_purchase_summary_by_day': `select ${SUMMARY}, cast(ingestion_date as varchar)
      from gold.customer_purchase_summary_by_day ${customers}`,
    'gold.customer_purchase_summary': `select ${SUMMARY}, cast(ingestion_date as varchar)
      from gold.customer_purchase_summary ${customers}`,
    'quarantine.purchases': `select _raw, _row_number, _line_number, cast(reasons as varchar), cast(ingestion_date as varchar),
      _source_key, _source_version, _contract_version, _released_by from quarantine.purchases ${ours}`,
  };
}

/** `plain` makes of a row what it would be in the clean run, where the drill's files differ from that one's in their names. */
export async function tablesOf(
  laptop: DrillLaptop,
  drill: string,
  plain: (row: string) => string = (row) => row,
): Promise<Tables> {
  const { signal } = new AbortController();
  const versions = await versionNames(laptop, drill);
  const said = (rows: readonly unknown[][]) =>
    rows
      .map((row) => JSON.stringify(row).replaceAll(drill, 'drill'))
      .map((row) => [...versions].reduce((text, [id, name]) => text.replaceAll(id, name), row))
      .map(plain)
      .sort();
  const tables: Record<string, string[]> = {};
  for (const [name, sql] of Object.entries(queries(drill))) {
    tables[name] = said((await queryLake(laptop.account, sql, signal)).rows);
  }
  const sql = `select ${SUMMARY} from customer_purchase_summary where customer_id like '${drill}%'`;
  tables['rds.customer_purchase_summary'] = said((await queryRds(laptop.account, sql, signal)).rows);
  return tables;
}

/** A version's id says nothing from one drill to the next; its number of bytes, which differs for all files, does. */
async function versionNames(laptop: DrillLaptop, drill: string): Promise<Map<string, string>> {
  const runs = await laptop.runsOf(drill);
  return new Map(runs.map(({ versionId, rows }) => [versionId, `version with ${rows?.read ?? '?'} rows`]));
}
