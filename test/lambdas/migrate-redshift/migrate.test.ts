import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { warehouseDdl } from '../../../contracts/redshift-sql';
import { MIGRATIONS } from '../../../lambdas/warehouse/migrations';
import { useWarehouse } from '../redshift/warehouse';

useWarehouse();

describe('the tables of the warehouse', () => {
  it('are those of sql/redshift, in its order', () => {
    const files = readdirSync('sql/redshift').filter((name) => name.endsWith('.sql'));
    expect(MIGRATIONS.map(({ file }) => file)).toEqual(files.sort().map((name) => `sql/redshift/${name}`));
  });

  it('and of every contract, and can be created again', async () => {
    const { migrate } = await import('../../../lambdas/migrate-redshift/migrate');
    const { query } = await import('../../../lambdas/redshift/run-batch');
    const loaded = loadContracts('contracts').filter(({ targets }) => targets.includes('redshift'));
    const ddl = loaded.flatMap(warehouseDdl);
    await migrate(ddl);
    await migrate(ddl);
    const found = await query("select table_name from information_schema.tables where table_schema = 'staging' order by 1");
    expect(found.flat()).toEqual([...loaded.map(({ dataset }) => dataset), 'load_ledger', 'returns'].sort());
  });
});
