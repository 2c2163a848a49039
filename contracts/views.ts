import { trinoType } from './column-type';
import type { Contract, Model } from './contract';
import { historyTable, qualifiedName, rowsTable, type Table, type TableColumn } from './tables';

/** A view for readers; `sql` means the same to Athena (Trino) and to Spark. */
export interface View {
  readonly database: Table['database'];
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly sql: string;
}

/** `silver.<dataset>`: the current row of each primary key. */
export function currentRowsView(contract: Contract): View {
  const rows = rowsTable(contract);
  const columns = rows.columns.filter(({ name }) => name !== '_is_current');
  const sql = `select ${names(columns)} from ${qualifiedName(rows)} where _is_current`;
  return { database: 'silver', name: contract.dataset, columns, sql };
}

/** `gold.<model>`: per key the row as of its latest ingestion date. */
export function currentModelView(model: Model): View {
  const history = historyTable(model);
  const latest = `row_number() over (partition by ${model.key.join(', ')} order by ingestion_date desc)`;
  const ranked = `select *, ${latest} as _place from ${qualifiedName(history)}`;
  const sql = `select ${names(history.columns)} from (${ranked}) as ranked where _place = 1`;
  return { database: 'gold', name: model.name, columns: history.columns, sql };
}

export function viewsOf(contract: Contract): View[] {
  return [currentRowsView(contract), ...contract.models.map(currentModelView)];
}

/**
 * A view as Athena keeps it in the Glue catalog: base64 of JSON in a comment.
 * Source: the format of Trino's Hive connector, `ViewReaderUtil.PrestoViewReader`.
 */
export function prestoViewText(view: View): string {
  const definition = {
    originalSql: view.sql,
    catalog: 'awsdatacatalog',
    schema: view.database,
    columns: view.columns.map(({ name, type }) => ({ name, type: trinoType(type) })),
  };
  return `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`;
}

/**
 * The columns by name. Iceberg's timestamps have a time zone, the Hive types that the catalog keeps of a view have none: a
 * view gives the UTC time without it. To Spark, whose sessions are in UTC, the cast changes nothing.
 */
function names(columns: readonly TableColumn[]): string {
  return columns.map(({ name, type }) => (type === 'timestamp' ? `cast(${name} as timestamp) as ${name}` : name)).join(', ');
}
