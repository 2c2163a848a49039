import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadContracts } from '../../contracts/catalog';
import { hasSilver } from '../../contracts/targets';

const contracts = loadContracts('contracts').filter((contract) => !hasSilver(contract));
const RAW = readFileSync('sql/snowflake/03_raw.sql', 'utf8').replace(/--.*$/gm, '');
const tables = Object.fromEntries(
  [...RAW.matchAll(/create table if not exists assay\.raw\.(\w+) \(([^]*?)\);/g)].map(([, table = '', columns = '']) => [
    table,
    columns.split(',').map((column) => column.trim()),
  ]),
);

interface Sources {
  readonly sources: readonly {
    readonly tables: readonly { readonly name: string; readonly columns: readonly { readonly name: string }[] }[];
  }[];
}

const { sources } = parse(readFileSync('sql/dbt/models/sources.yml', 'utf8')) as Sources;
const described = Object.fromEntries(
  sources.flatMap((source) => source.tables).map(({ name, columns }) => [name, columns.map((column) => column.name)]),
);

/** What load-snowflake writes beside the file's cells. */
const OURS = [
  'extra varchar',
  'batch_date date not null',
  'loaded_at timestamp_ltz not null',
  'file_name varchar not null',
  'file_row_number number not null',
];

describe('what goes to Snowflake as it is', () => {
  it('has a table and a source for each contract, and no other', () => {
    const datasets = contracts.map(({ dataset }) => dataset).sort();
    expect(datasets.length).toBeGreaterThan(1);
    expect(Object.keys(tables).sort(), 'tables of sql/snowflake/03_raw.sql').toEqual(datasets);
    expect(Object.keys(described).sort(), 'tables of sql/dbt/models/sources.yml').toEqual(datasets);
  });

  it.each(contracts)('$dataset has the columns of the contract as text, in its order, then ours', ({ dataset, columns }) => {
    expect(tables[dataset], `columns of raw.${dataset} in sql/snowflake/03_raw.sql`).toEqual([
      ...columns.map(({ name }) => `${name} varchar`),
      ...OURS,
    ]);
  });

  it.each(contracts)('$dataset is described to dbt, column by column', ({ dataset }) => {
    expect(described[dataset], `columns of ${dataset} in sql/dbt/models/sources.yml`).toEqual(
      tables[dataset]?.map((column) => column.split(' ')[0]),
    );
  });
});
