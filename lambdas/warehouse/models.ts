import conversionFunnel from '../../sql/redshift/models/conversion_funnel.sql';
import customerLifetimeValue from '../../sql/redshift/models/customer_lifetime_value.sql';
import dailySales from '../../sql/redshift/models/daily_sales.sql';
import dimCustomer from '../../sql/redshift/models/dim_customer.sql';
import dimDate from '../../sql/redshift/models/dim_date.sql';
import dimGeography from '../../sql/redshift/models/dim_geography.sql';
import dimProduct from '../../sql/redshift/models/dim_product.sql';
import factInventory from '../../sql/redshift/models/fact_inventory.sql';
import factSales from '../../sql/redshift/models/fact_sales.sql';
import factWebEvents from '../../sql/redshift/models/fact_web_events.sql';
import stockCover from '../../sql/redshift/models/stock_cover.sql';
import yearlyGrowth from '../../sql/redshift/models/yearly_growth.sql';
import { MIGRATIONS } from './migrations';

/** A table of the star schema or a mart, built by SQL that makes two temporary tables: */
export interface Model {
  readonly schema: 'core' | 'marts';
  readonly name: string;
  /** Makes `<name>_known`, the rows that were looked at as they are, and `<name>_rows`, as they have to be. */
  readonly sql: string;
}

/** sql/redshift/models; a test compares the list with the folder. In no order: that is derived. */
export const MODELS: readonly Model[] = [
  { schema: 'marts', name: 'conversion_funnel', sql: conversionFunnel },
  { schema: 'marts', name: 'customer_lifetime_value', sql: customerLifetimeValue },
  { schema: 'marts', name: 'daily_sales', sql: dailySales },
  { schema: 'core', name: 'dim_customer', sql: dimCustomer },
  { schema: 'core', name: 'dim_date', sql: dimDate },
  { schema: 'core', name: 'dim_geography', sql: dimGeography },
  { schema: 'core', name: 'dim_product', sql: dimProduct },
  { schema: 'core', name: 'fact_inventory', sql: factInventory },
  { schema: 'core', name: 'fact_sales', sql: factSales },
  { schema: 'core', name: 'fact_web_events', sql: factWebEvents },
  { schema: 'marts', name: 'stock_cover', sql: stockCover },
  { schema: 'marts', name: 'yearly_growth', sql: yearlyGrowth },
];

/** The columns of its primary key, as its table says. */
export function keyOf({ schema, name }: Model): string[] {
  const text = MIGRATIONS.map(({ sql }) => sql).join('\n');
  const table = text.slice(text.indexOf(`create table if not exists ${schema}.${name} (`));
  const [, columns] = /primary key \(([^)]*)\)/.exec(table) ?? [];
  if (columns === undefined) throw new Error(`sql/redshift has no table ${schema}.${name} with a primary key`);
  return columns.split(',').map((column) => column.trim());
}
