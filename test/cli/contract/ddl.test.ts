import { expect, it } from 'vitest';
import { publishedDdl } from '../../../contracts/snowflake-published';
import { rdsDdl, tableDdl } from '../../../contracts/table-ddl';
import { rowsTable } from '../../../contracts/tables';
import { ddlOf } from '../../../cli/contract/ddl';
import { contractOf } from '../../../cli/datasets';

const PURCHASES = contractOf('purchases');

it('has every table and view of the contract', () => {
  expect(ddlOf(PURCHASES).map(({ target, table }) => [target, table])).toEqual([
    ['silver', 'silver.purchases_by_file'],
    ['silver', 'silver.purchases'],
    ['gold', 'gold.customer_purchase_summary_by_day'],
    ['gold', 'gold.customer_purchase_summary'],
    ['quarantine', 'quarantine.purchases'],
    ['rds', 'customer_purchase_summary'],
  ]);
});

it('has the statements that the jobs run', () => {
  const [table, view] = ddlOf(PURCHASES, ['silver']);
  expect(table?.sql).toBe(tableDdl(rowsTable(PURCHASES)));
  expect(view?.sql).toMatch(/^create or replace view silver\.purchases as\nselect /);
});

it("has PostgreSQL's tables for models that are loaded there, and none otherwise", () => {
  const [model] = PURCHASES.models;
  if (model === undefined) throw new Error('purchases has no model');
  expect(ddlOf(PURCHASES, ['rds']).map(({ sql }) => `${sql};\n`)).toEqual([rdsDdl(model)]);
  expect(ddlOf({ ...PURCHASES, targets: [] }, ['rds'])).toEqual([]);
});

it("has Snowflake's table for a dataset that goes there from silver", () => {
  const published = { ...PURCHASES, targets: ['rds', 'snowflake'] as const };
  const sql = publishedDdl(published);
  expect(ddlOf(published, ['snowflake'])).toEqual([{ target: 'snowflake', table: 'published.purchases', sql }]);
  expect(ddlOf(PURCHASES, ['snowflake'])).toEqual([]);
});
