import conversionFunnelEvents from '../../sql/redshift/checks/conversion_funnel_events.sql';
import customerLifetimeValueAmount from '../../sql/redshift/checks/customer_lifetime_value_amount.sql';
import dailySalesAmount from '../../sql/redshift/checks/daily_sales_amount.sql';
import dimCustomerHistory from '../../sql/redshift/checks/dim_customer_history.sql';
import dimProductHistory from '../../sql/redshift/checks/dim_product_history.sql';
import factInventoryRows from '../../sql/redshift/checks/fact_inventory_rows.sql';
import factSalesAmount from '../../sql/redshift/checks/fact_sales_amount.sql';
import factWebEventsRows from '../../sql/redshift/checks/fact_web_events_rows.sql';
import orphansOfDimCustomer from '../../sql/redshift/checks/orphans_of_dim_customer.sql';
import orphansOfDimProduct from '../../sql/redshift/checks/orphans_of_dim_product.sql';
import orphansOfPlacesAndDays from '../../sql/redshift/checks/orphans_of_places_and_days.sql';
import stockCoverOnHand from '../../sql/redshift/checks/stock_cover_on_hand.sql';
import surrogateKeys from '../../sql/redshift/checks/surrogate_keys.sql';
import yearlyGrowthAmount from '../../sql/redshift/checks/yearly_growth_amount.sql';

/** What must hold before a refresh is committed: a query for what breaks it, each row with an `example`. */
export interface Check {
  readonly name: string;
  readonly sql: string;
}

/** sql/redshift/checks; a test compares the list with the folder. */
export const CHECKS: readonly Check[] = [
  { name: 'conversion_funnel_events', sql: conversionFunnelEvents },
  { name: 'customer_lifetime_value_amount', sql: customerLifetimeValueAmount },
  { name: 'daily_sales_amount', sql: dailySalesAmount },
  { name: 'dim_customer_history', sql: dimCustomerHistory },
  { name: 'dim_product_history', sql: dimProductHistory },
  { name: 'fact_inventory_rows', sql: factInventoryRows },
  { name: 'fact_sales_amount', sql: factSalesAmount },
  { name: 'fact_web_events_rows', sql: factWebEventsRows },
  { name: 'orphans_of_dim_customer', sql: orphansOfDimCustomer },
  { name: 'orphans_of_dim_product', sql: orphansOfDimProduct },
  { name: 'orphans_of_places_and_days', sql: orphansOfPlacesAndDays },
  { name: 'stock_cover_on_hand', sql: stockCoverOnHand },
  { name: 'surrogate_keys', sql: surrogateKeys },
  { name: 'yearly_growth_amount', sql: yearlyGrowthAmount },
];
