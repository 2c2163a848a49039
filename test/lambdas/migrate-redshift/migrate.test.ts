import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../lambdas/warehouse/migrations';
import { MODELS } from '../../../lambdas/warehouse/models';
import { PROCEDURES } from '../../../lambdas/warehouse/procedures';
import { DATASET_DDL, useWarehouse } from '../redshift/warehouse';

useWarehouse();

describe('the tables of the warehouse', () => {
  it('are those of sql/redshift, in its order', () => {
    const files = readdirSync('sql/redshift').filter((name) => name.endsWith('.sql'));
    expect(MIGRATIONS.map(({ file }) => file)).toEqual(files.sort().map((name) => `sql/redshift/${name}`));
  });

  it('of every contract and every model, with the procedures, are there, and can be created again', async () => {
    const { migrate } = await import('../../../lambdas/migrate-redshift/migrate');
    const { query } = await import('../../../lambdas/redshift/run-batch');
    await migrate(DATASET_DDL);
    const tables = async (schema: string) => {
      const rows = await query(`select table_name from information_schema.tables where table_schema = '${schema}' order by 1`);
      return rows.flat();
    };
    const datasets = ['customers', 'inventory', 'order_items', 'orders', 'products', 'returns', 'transactions', 'web_events'];
    const concessions = ['concessions', 'concession_lines', 'concession_adjustments', 'concession_contacts'];
    expect(await tables('staging')).toEqual([...datasets, ...concessions, 'load_ledger'].sort());
    const models = (schema: string) => MODELS.filter((model) => model.schema === schema).map(({ name }) => name);
    expect(await tables('core')).toEqual([...models('core'), 'refresh_change', 'refresh_ledger', 'refreshed_load'].sort());
    expect(await tables('marts')).toEqual(models('marts').sort());
    const routines = await query(
      "select routine_name from information_schema.routines where routine_schema = 'core' order by 1",
    );
    expect(routines.flat()).toEqual(PROCEDURES.map(({ name }) => name.replace('core.', '')).sort());
  });
});
