import type { LoadedRun, RowCounts } from '../../contracts/run';
import type { FileItem } from '../ledger/items';
import { closeContent, closeFile } from '../ledger/progress';
import { logger } from '../log/logger';

export interface Recorded {
  /** Undefined when the ledger does not know the run. */
  readonly file: FileItem | undefined;
  /** Runs whose version in the inbox has the bytes that are now archived, or about to be. */
  readonly copies: readonly string[];
}

/** Writes the success to the ledger: to the file, then to its bytes, from when on their copies may leave the inbox. */
export async function recordSuccess(run: LoadedRun, executionArn: string): Promise<Recorded> {
  const end = {
    status: 'succeeded',
    endedAt: new Date().toISOString(),
    executionArn,
    ...(run.archive && { archive: run.archive }),
    ...rowsAsTheyAre(run),
  } as const;
  const file = await closeFile(run.runId, end);
  if (file === undefined) logger.warn('the ledger does not know this run', { run: run.runId });
  const content = await closeContent(run.dataset, run.sha256, run.runId, 'succeeded');
  return { file, copies: [...(content?.copies ?? [])] };
}

/** Of a file that went to Snowflake as it is; the rows of others were counted when they were checked. */
function rowsAsTheyAre({ dataset, snowflake }: LoadedRun): { readonly rows?: RowCounts; readonly note?: string } {
  if (snowflake?.loadedAt === undefined) return {};
  const rows = { read: snowflake.rows, published: snowflake.rows, quarantined: 0, deduplicated: 0 };
  // Known only once dbt has run, after the file's own end.
  const note = `in RAW as they are; what dbt then rejects of them, and why, is in staging.stg_${dataset}_rejected`;
  return { rows, note };
}
