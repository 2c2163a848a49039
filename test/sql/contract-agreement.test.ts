import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../contracts/catalog';
import { rdsDdl } from '../../contracts/table-ddl';
import { selectList, tableColumns } from './select-list';

/** The same tables in a real PostgreSQL: test/sql/rds/tables.test.ts. */
const contracts = loadContracts('contracts');
const models = contracts.flatMap(({ models }) => models);
const inRds = contracts.filter(({ targets }) => targets.includes('rds')).flatMap(({ models }) => models);

const sqlFiles = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.sql'));
const read = (path: string) => readFileSync(path, 'utf8');
const created = sqlFiles('sql/rds')
  .map((name) => read(`sql/rds/${name}`))
  .filter((sql) => sql.includes('create table'));
const tables = new Map(created.map(tableColumns).map((facts) => [facts.table, facts]));

describe('sql/gold', () => {
  it('has a query for each model of a contract, and no other', () => {
    expect(sqlFiles('sql/gold').sort()).toEqual(models.map(({ name }) => `${name}.sql`).sort());
  });

  it.each(models)('$name selects the columns of the contract, in its order, and the ingestion date', (model) => {
    const selected = selectList(read(`sql/gold/${model.name}.sql`));
    expect(selected.map(({ name }) => name)).toEqual([...model.columns.map(({ name }) => name), 'ingestion_date']);
  });

  it.each(models)('$name casts to the types of the contract where it casts', (model) => {
    const casts = selectList(read(`sql/gold/${model.name}.sql`)).filter(({ type }) => type !== undefined);
    expect(model.columns).toEqual(expect.arrayContaining(casts.map((cast) => expect.objectContaining(cast) as unknown)));
  });

  it.each(models)('$name casts every decimal, since sums and products have other ones', (model) => {
    const decimals = model.columns.filter(({ type }) => type.startsWith('decimal')).map(({ name }) => name);
    const casts = selectList(read(`sql/gold/${model.name}.sql`)).filter(({ type }) => type !== undefined);
    expect(casts.map(({ name }) => name)).toEqual(expect.arrayContaining(decimals));
  });
});

describe('sql/rds', () => {
  it.each(inRds)('$name has the columns, types and key of the contract', (model) => {
    expect(tables.get(model.name)).toEqual(tableColumns(rdsDdl(model)));
  });

  it.each(inRds)('$name is staged with the same columns and types', (model) => {
    const staged = new Map(tables.get(`${model.name}_staging`)?.columns);
    const typeOf = (definition = '') => definition.replace(/ not null$/, '');
    const contract = tableColumns(rdsDdl(model)).columns.slice(0, model.columns.length);
    expect(contract.map(([name]) => [name, typeOf(staged.get(name))])).toEqual(
      contract.map(([name, definition]) => [name, typeOf(definition)]),
    );
  });

  it.each(inRds)('$name is upserted column by column', (model) => {
    const upsert = read(`sql/rds/upsert/${model.name}.sql`).replace(/\s+/g, ' ');
    const names = model.columns.map(({ name }) => name);
    expect(upsert).toContain(`insert into ${model.name} as summary (${names.join(', ')}, silver_sequence)`);
    const others = names.filter((name) => !model.key.includes(name));
    expect(upsert).toContain(
      ` do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}, silver_sequence =`,
    );
  });

  it('has no table of a model that no contract has', () => {
    const known = inRds.flatMap(({ name }) => [name, `${name}_staging`, `${name}_tombstones`]);
    expect([...tables.keys()].sort()).toEqual([...known, 'load_ledger'].sort());
  });
});
