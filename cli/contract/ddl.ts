import type { Contract } from '../../contracts/contract';
import { tableDdl } from '../../contracts/table-ddl';
import { historyTable, quarantineTable, rowsTable } from '../../contracts/tables';
import { currentModelView, currentRowsView, type View } from '../../contracts/views';

export const TARGETS = ['silver', 'gold', 'quarantine'] as const;
export type DdlTarget = (typeof TARGETS)[number];

/** One statement of a contract's tables and views. */
export interface Ddl {
  readonly target: DdlTarget;
  /** `database.name` */
  readonly table: string;
  readonly sql: string;
}

/** The statements that make what a contract describes, in the SQL of Spark and Iceberg. */
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
  ];
  return all.filter(({ target }) => targets.includes(target));
}

function viewDdl({ database, name, sql }: View): { table: string; sql: string } {
  const table = `${database}.${name}`;
  return { table, sql: `create or replace view ${table} as\n${sql}` };
}
