import type { Column } from './column';
import type { Contract } from './contract';
import { tableDdl } from './table-ddl';
import { qualifiedName, tablesOf, type TableColumn } from './tables';
import { viewsOf } from './views';

/** What a Glue job knows of its dataset. `glue-scripts/assay_glue/document.py` reads it. */
export interface JobDocument {
  readonly dataset: string;
  readonly version: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly csv: Contract['csv'];
  readonly businessRules: Contract['businessRules'];
  readonly references: Contract['references'];
  readonly thresholds: Contract['thresholds'];
  /** `database.name` → SQL. */
  readonly ddl: Record<string, string>;
  /** The columns of the tables that `ddl` creates: what tables from before must become. */
  readonly tables: Record<string, readonly TableColumn[]>;
  readonly views: Record<string, string>;
  readonly models: readonly {
    readonly name: string;
    readonly key: readonly string[];
    readonly columns: readonly Column[];
    readonly sql: string;
  }[];
  readonly contract: unknown;
}

/** The document of a contract; `goldSql` is the text of `sql/gold/<model>.sql` by model. */
export function jobDocument(contract: Contract, goldSql: Readonly<Record<string, string>>): JobDocument {
  const { dataset, version, columns, primaryKey, csv, models, document } = contract;
  const { businessRules, references, thresholds } = contract;
  const tables = tablesOf(contract);
  return {
    dataset,
    version,
    columns,
    primaryKey,
    csv,
    businessRules,
    references,
    thresholds,
    ddl: Object.fromEntries(tables.map((table) => [qualifiedName(table), tableDdl(table)])),
    tables: Object.fromEntries(tables.map((table) => [qualifiedName(table), table.columns])),
    views: Object.fromEntries(viewsOf(contract).map((view) => [qualifiedName(view), view.sql])),
    models: models.map((model) => {
      const sql = goldSql[model.name];
      if (sql === undefined) throw new Error(`the model ${model.name} of ${dataset} has no sql/gold/${model.name}.sql`);
      return { ...model, sql };
    }),
    contract: document,
  };
}
