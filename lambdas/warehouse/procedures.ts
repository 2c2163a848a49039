import begin from '../../sql/redshift/refresh/begin.sql';
import end from '../../sql/redshift/refresh/end.sql';
import members from '../../sql/redshift/refresh/members.sql';
import touchCustomers from '../../sql/redshift/refresh/touch_customers.sql';
import touchProducts from '../../sql/redshift/refresh/touch_products.sql';
import { CHECKS, type Check } from './checks';
import { keyOf, MODELS, type Model } from './models';

/**
 * A refresh in stored procedures, since a transaction of the Data API has at most 40 statements. They take no parameters and
 * hand temporary tables on to each other, which go with the session.
 */
export interface Procedure {
  readonly name: string;
  /** Its variables with their types. */
  readonly variables?: readonly string[];
  readonly body: string;
}

const BEFORE: readonly Procedure[] = [
  { name: 'core.seed_members', body: members },
  { name: 'core.begin_refresh', body: [begin, touchCustomers, touchProducts].join('\n') },
];
const EMPTY: Procedure = { name: 'core.empty_models', body: emptyAll(MODELS) };
const CHECK: Procedure = {
  name: 'core.check_invariants',
  variables: ['broken bigint', 'broken_example varchar(256)'],
  body: CHECKS.map(checkText).join('\n'),
};
const END: Procedure = { name: 'core.end_refresh', body: end };

export const PROCEDURES: readonly Procedure[] = [EMPTY, ...BEFORE, ...MODELS.map(modelProcedure), CHECK, END];

/** The calls of a refresh, in the order of the models; a full one builds them from nothing. */
export function refreshCalls(models: readonly Model[], isFull: boolean): string[] {
  const names = [...(isFull ? [EMPTY] : []), ...BEFORE, ...models.map(modelProcedure), CHECK, END].map(({ name }) => name);
  return names.map((name) => `call ${name}()`);
}

export function procedureDdl({ name, variables = [], body }: Procedure): string {
  const declared = variables.length === 0 ? [] : ['declare', ...variables.map((each) => `${each};`)];
  const lines = [
    `create or replace procedure ${name}() as $$`,
    ...declared,
    'begin',
    body.trim(),
    'end;',
    '$$ language plpgsql',
  ];
  return lines.join('\n');
}

/** What `call core.refresh_<model>()` builds; undefined for any other call. */
export function modelCalled(sql: string): string | undefined {
  return /^call core\.refresh_(\w+)\(\)$/.exec(sql)?.[1];
}

/** Changes the table by what differs, so that a row that stays is not touched and readers of the changes see nothing else. */
function modelProcedure(model: Model): Procedure {
  const { schema, name, sql } = model;
  const same = keyOf(model).map((column) => `${name}.${column} = removed.${column}`);
  const [rows, known, added, removed] = [`${name}_rows`, `${name}_known`, `${name}_added`, `${name}_removed`];
  const statements = [
    `create temp table ${added} as select * from ${rows} except select * from ${known}`,
    `create temp table ${removed} as select * from ${known} except select * from ${rows}`,
    `delete from ${schema}.${name} using ${removed} as removed where ${same.join(' and ')}`,
    `insert into ${schema}.${name} select * from ${added}`,
    `insert into core.refresh_change (refresh_id, model, rows_added, rows_removed)
select refresh.refresh_id, '${name}', (select count(*) from ${added}), (select count(*) from ${removed}) from refresh`,
  ];
  return { name: `core.refresh_${name}`, body: [sql.trim(), ...statements.map((each) => `${each};`)].join('\n') };
}

/** Never truncate, which would commit. */
function emptyAll(models: readonly Model[]): string {
  const tables = [...models.map(({ schema, name }) => `${schema}.${name}`), 'core.refreshed_load'];
  return tables.map((table) => `delete from ${table};`).join('\n');
}

/** The first invariant that does not hold ends the refresh, so that nothing of it is committed. */
function checkText({ name, sql }: Check): string {
  return `select count(*), max(cast(found.example as varchar(256))) into broken, broken_example from (
${sql.trim()}
) as found;
if broken > 0 then
raise exception 'invariant ${name} does not hold: % found, such as %', broken, broken_example;
end if;`;
}
