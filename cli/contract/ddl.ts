import type { Contract, Model } from '../../contracts/contract';
import { publishedDdl } from '../../contracts/snowflake-published';
import { rdsDdl, tableDdl } from '../../contracts/table-ddl';
import { historyTable, quarantineTable, rowsTable } from '../../contracts/tables';
import { isPublished } from '../../contracts/targets';
import { currentModelView, currentRowsView, type View } from '../../contracts/views';

export const TARGETS = ['silver', 'gold', 'quarantine', 'rds', 'snowflake'] as const;
export type DdlTarget = (typeof TARGETS)[number];

/** One statement of a contract's tables and views. */
export interface Ddl {
  readonly target: DdlTarget;
  /** `database.name`, in `snowflake` `schema.name`; in `rds` a table's name alone. */
  readonly table: string;
  readonly sql: string;
}

/** The statements that make what a contract describes: in the SQL of Spark and Iceberg for the lake, and in each target's own. */
export function ddlOf(contract: Contract, targets: readonly DdlTarget[] = TARGETS): Ddl[] {
  const rows = rowsTable(contract);
  const refused = quarantineTable(contract);
  const all: Ddl[] = [
    { target: 'silver', table: `silver.${rows.name}`, sql: tableDdl(rows) },
    { target: 'silver', ...viewDdl(currentRowsView(contract)) },
    ...contract.models.flatMap((model): Ddl[] => {
      const history = historyTable(model);
      return [
        { target: 'gold', table: `gold.${history.name}`, sql: tableDdl(history) },
        { target: 'gold', ...viewDdl(currentModelView(model)) },
      ];
    }),
    { target: 'quarantine', table: `quarantine.${refused.name}`, sql: tableDdl(refused) },
    ...loadedModels(contract).map((model): Ddl => ({
      target: 'rds',
      table: model.name,
      sql: withoutEnd(rdsDdl(model)),
    })),
    ...(isPublished(contract) ? [publishedTable(contract)] : []),
  ];
  return all.filter(({ target }) => targets.includes(target));
}

/** Models are loaded into the database when the contract names it as a target. */
function loadedModels({ targets, models }: Contract): readonly Model[] {
  return targets.includes('rds') ? models : [];
}

function publishedTable(contract: Contract): Ddl {
  return { target: 'snowflake', table: `published.${contract.dataset}`, sql: publishedDdl(contract) };
}

function withoutEnd(sql: string): string {
  return sql.replace(/;\s*$/, '');
}

function viewDdl({ database, name, sql }: View): { table: string; sql: string } {
  const table = `${database}.${name}`;
  return { table, sql: `create or replace view ${table} as\n${sql}` };
}
