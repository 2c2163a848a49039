import type { Column } from './column';
import type { Contract, Model } from './contract';

/** A column of a table of ours, with its Spark DDL type. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
  /** What tables from before call it. */
  readonly renamedFrom?: string;
}

/** An Iceberg table or an Athena view, as `database.name`. */
export interface Table {
  readonly database: 'silver' | 'gold' | 'quarantine' | 'quality';
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly partitionedBy: readonly string[];
}

const INGESTION_DATE: TableColumn = { name: 'ingestion_date', type: 'date' };
const RUN_ID: TableColumn = { name: '_run_id', type: 'string' };
/** The run that brought a row back from quarantine; null of all others. */
const RELEASED_BY: TableColumn = { name: '_released_by', type: 'string' };

/** The file version that a row is about. */
const SOURCE: readonly TableColumn[] = [
  INGESTION_DATE,
  { name: '_source_key', type: 'string' },
  { name: '_source_version', type: 'string' },
];
const MODIFIED_AT: TableColumn = { name: '_source_modified_at', type: 'timestamp' };
const CONTRACT_VERSION: TableColumn = { name: '_contract_version', type: 'string' };

/** Where a row of silver comes from. */
const ORIGIN: readonly TableColumn[] = [...SOURCE, MODIFIED_AT, { name: '_row_number', type: 'bigint' }, RUN_ID];

const QUARANTINE: readonly TableColumn[] = [
  { name: '_raw', type: 'string' },
  { name: '_row_number', type: 'bigint' },
  { name: '_line_number', type: 'bigint' },
  { name: 'reasons', type: 'array<struct<rule:string,column:string,value:string>>' },
  ...SOURCE,
  MODIFIED_AT,
  CONTRACT_VERSION,
  RUN_ID,
  { name: '_quarantined_at', type: 'timestamp' },
  RELEASED_BY,
];

const QUALITY: readonly TableColumn[] = [
  { name: 'dimension', type: 'string' },
  { name: 'passed', type: 'bigint' },
  { name: 'total', type: 'bigint' },
  { name: 'score', type: 'double' },
  { name: 'threshold', type: 'double' },
  { name: 'is_met', type: 'boolean' },
  ...SOURCE,
  CONTRACT_VERSION,
  RUN_ID,
  { name: '_scored_at', type: 'timestamp' },
];

/** Every accepted row of every file version in force; `_is_current` marks one per primary key. */
export function rowsTable({ dataset, columns }: Contract): Table {
  return {
    database: 'silver',
    name: `${dataset}_by_file`,
    columns: [...columns.map(tableColumn), ...ORIGIN, RELEASED_BY, { name: '_is_current', type: 'boolean' }],
    partitionedBy: ['ingestion_date'],
  };
}

/** Every refused row with its reasons. */
export function quarantineTable({ dataset }: Contract): Table {
  return { database: 'quarantine', name: dataset, columns: QUARANTINE, partitionedBy: ['ingestion_date'] };
}

/** The scores of every run, a row a dimension, of refused files too. */
export function qualityTable({ dataset }: Contract): Table {
  return { database: 'quality', name: dataset, columns: QUALITY, partitionedBy: ['ingestion_date'] };
}

/** A model's rows per key as of every ingestion date on which the key had rows. */
export function historyTable(model: Model): Table {
  const days = ['year', 'month', 'day'];
  return {
    database: 'gold',
    name: `${model.name}_by_day`,
    columns: [
      ...model.columns.map(tableColumn),
      INGESTION_DATE,
      ...days.map((name) => ({ name, type: 'string' })),
      { name: '_silver_sequence', type: 'bigint' },
      RUN_ID,
    ],
    partitionedBy: days,
  };
}

/** The Iceberg tables of a contract. */
export function tablesOf(contract: Contract): Table[] {
  return [rowsTable(contract), quarantineTable(contract), qualityTable(contract), ...contract.models.map(historyTable)];
}

export function qualifiedName({ database, name }: Pick<Table, 'database' | 'name'>): string {
  return `${database}.${name}`;
}

function tableColumn({ name, type, renamedFrom }: Column): TableColumn {
  return { name, type, ...(renamedFrom !== undefined && { renamedFrom }) };
}
