import type { TestLaptop } from './laptop';

const BY_DAY = 'customer_id, full_name, email, total_spent_aud, first_purchase_date, last_purchase_date, ingestion_date';
const OF_SILVER = `purchase_id, customer_id, first_name, last_name, email, product, quantity, amount_aud, purchase_date,
  ingestion_date, _source_key, _source_version, _row_number`;

/** Every table in order, without the columns that tell which run wrote a row, and when. */
const QUERIES = {
  silver: `select ${OF_SILVER} from silver.purchases order by _source_key, _row_number`,
  files: `select ${OF_SILVER}, _is_current from silver.purchases_by_file order by _source_key, _source_version, _row_number`,
  gold: `select ${BY_DAY} from gold.customer_purchase_summary order by customer_id`,
  history: `select ${BY_DAY} from gold.customer_purchase_summary_by_day order by customer_id, ingestion_date`,
  quarantine: `select _source_key, _source_version, _row_number, _raw from quarantine.purchases
    where _released_by is null order by _source_key, _row_number`,
} as const;

/** What readers can see, but for the scores. */
export async function allTables(laptop: TestLaptop): Promise<Record<string, unknown[][]>> {
  const lake = await Promise.all(
    Object.entries(QUERIES).map(async ([name, sql]) => [name, await laptop.rows('lake', sql)] as const),
  );
  const rds = `select customer_id, full_name, email, total_spent_aud, first_purchase_date, last_purchase_date
    from customer_purchase_summary order by customer_id`;
  return { ...Object.fromEntries(lake), rds: await laptop.rows('rds', rds) };
}

/** The data files of silver that hold a day's rows. */
export async function dataFilesOf(laptop: TestLaptop, day: string): Promise<unknown[][]> {
  const sql = `select file_path from silver."purchases_by_file$files" where file_path like '%ingestion_date=${day}%' order by 1`;
  return laptop.rows('lake', sql);
}
