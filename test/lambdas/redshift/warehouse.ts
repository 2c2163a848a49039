import { PutObjectCommand, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { parquetWriteBuffer, schemaFromColumnData } from 'hyparquet-writer';
import { afterAll, beforeAll } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { warehouseColumns, warehouseDdl, type WarehouseTable } from '../../../contracts/redshift-sql';
import { startWarehouse, type RunningWarehouse } from '../../local/running-warehouse';

export const BUCKET = 'work';

/** A small dataset: `returns`, by id. */
export const TABLE: WarehouseTable = {
  dataset: 'returns',
  columns: [
    { name: 'id', type: 'string', required: true, isPersonal: false, cleanings: [], rules: {} },
    { name: 'reason', type: 'string', required: false, isPersonal: false, cleanings: [], rules: { enum: ['late', 'broken'] } },
    { name: 'pieces', type: 'int', required: false, isPersonal: false, cleanings: [], rules: {} },
  ],
  primaryKey: ['id'],
};

export interface ChangedRow {
  readonly id: string;
  readonly pieces: number | null;
  readonly sequence: number;
  readonly isDeleted?: boolean;
}

const LOADED = loadContracts('contracts').filter(({ targets }) => targets.includes('redshift'));
/** What the migration of the tests is told. */
export const DATASET_DDL: readonly string[] = [...LOADED, TABLE].flatMap(warehouseDdl);

/** A warehouse for the tests of a file, and the functions pointed at it; created with every dataset's tables and the small one's. */
export function useWarehouse(): { readonly changes: (runId: string, rows: readonly ChangedRow[]) => Promise<void> } {
  let warehouse: RunningWarehouse;
  let s3: S3Client;

  beforeAll(async () => {
    warehouse = await startWarehouse();
    const { endpoint } = warehouse;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_REDSHIFT_DATA: endpoint,
      WAREHOUSE_WORKGROUP: 'assay-local',
      WAREHOUSE_DATABASE: 'warehouse',
      WORK_PATH: `s3://${BUCKET}/_work`,
    });
    const credentials = { accessKeyId: 'laptop', secretAccessKey: 'laptop' };
    s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    // Imported now: the client reads the endpoint when it is made.
    const { migrate } = await import('../../../lambdas/migrate-redshift/migrate');
    await migrate(DATASET_DDL);
  });

  afterAll(async () => {
    await warehouse.stop();
  });

  const changes = async (runId: string, rows: readonly ChangedRow[]): Promise<void> => {
    const Key = `_work/${runId}/changes/part-0.parquet`;
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: parquetOf(runId, rows) }));
  };
  return { changes };
}

/** As the job writes it. */
export function parquetOf(runId: string, rows: readonly ChangedRow[]): Uint8Array {
  const values: Record<string, (row: ChangedRow) => unknown> = {
    id: ({ id }) => id,
    reason: () => 'late',
    pieces: ({ pieces }) => pieces,
    ingestion_date: () => 20_000,
    _source_key: () => 'returns_20250101.csv',
    _source_version: () => 'v1',
    _row_number: () => 1n,
    _run_id: () => runId,
    _silver_sequence: ({ sequence }) => BigInt(sequence),
    _is_deleted: ({ isDeleted }) => isDeleted ?? false,
  };
  const columnData = warehouseColumns(TABLE).map((name) => ({ name, data: rows.map((row) => values[name]?.(row)) }));
  const typed = (name: string, type: string, more: object = {}) => [name, { name, type, repetition_type: 'OPTIONAL', ...more }];
  const schemaOverrides = Object.fromEntries([
    typed('pieces', 'INT32'),
    typed('ingestion_date', 'INT32', { converted_type: 'DATE' }),
  ]) as NonNullable<Parameters<typeof schemaFromColumnData>[0]['schemaOverrides']>;
  return new Uint8Array(parquetWriteBuffer({ columnData, schema: schemaFromColumnData({ columnData, schemaOverrides }) }));
}
