import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadContracts } from '../../contracts/catalog';
import type { Contract } from '../../contracts/contract';
import { publishedDdl } from '../../contracts/snowflake-published';
import { hasSilver, isPublished } from '../../contracts/targets';
import { purchases } from '../contracts/purchases';

const all = loadContracts('contracts');
const contracts = all.filter((contract) => !hasSilver(contract));
const published = all.filter(isPublished);
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

const fileOf = ({ dataset }: Contract) => `05_${dataset}.sql`;

/** What the file's statements have to begin with; a column that came later is also added below, for tables from before. */
function expectTable(sql: string, contract: Contract): void {
  const what = `${fileOf(contract)} is what \`npx assay contract ddl ${contract.dataset} --target snowflake\` prints, for sysadmin`;
  const wanted = `use role sysadmin;\n\n${publishedDdl(contract)};\n`;
  expect(
    sql
      .replace(/^--.*\n/gm, '')
      .trimStart()
      .slice(0, wanted.length),
    what,
  ).toBe(wanted);
}

describe('what goes to Snowflake from silver', () => {
  it('has a file with its table for each contract, and no other', () => {
    const files = readdirSync('sql/snowflake').filter((name) => name.endsWith('.sql') && name > '05');
    expect(files.sort()).toEqual(published.map(fileOf).sort());
  });

  it.each(published)('$dataset has the table of its contract', (contract) => {
    expectTable(readFileSync(`sql/snowflake/${fileOf(contract)}`, 'utf8'), contract);
  });

  it('would be seen to differ from its contract', () => {
    const contract = purchases();
    const file = `-- PUBLISHED.purchases\n\nuse role sysadmin;\n\n${publishedDdl(contract)};\n`;
    expectTable(`${file}\nalter table assay.published.purchases add column if not exists channel varchar;\n`, contract);
    expect(() => expectTable(file.replace('number(18, 2)', 'number(18, 3)'), contract)).toThrow('npx assay contract ddl');
  });
});
