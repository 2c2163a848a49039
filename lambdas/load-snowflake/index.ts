import { z } from 'zod';
import { Column } from '../../contracts/column';
import { StoredRun } from '../../contracts/run';
import { runIdOf } from '../../contracts/run-id';
import type { RawLoad } from '../../contracts/snowflake-sql';
import { withFailureNames } from '../failure/with-failure-names';
import { isNewest } from '../ledger/in-force';
import { copyVerified } from '../s3/copy-verified';
import { snowflakeSettings } from '../snowflake/settings';
import { load } from './load';

const Settings = z.object({
  INBOX_BUCKET: z.string().min(1),
  WORK_BUCKET: z.string().min(1),
  /** What Snowflake's stage stands for. */
  WORK_PREFIX: z.string().endsWith('/'),
});
const LoadRequest = z.object({
  run: StoredRun,
  table: z.object({ columns: z.array(Column).min(1), csv: z.object({ delimiter: z.string(), quote: z.string() }) }),
});

export const handler = withFailureNames(async (event: unknown): Promise<StoredRun> => {
  const { INBOX_BUCKET: inbox, WORK_BUCKET: bucket, WORK_PREFIX: prefix } = Settings.parse(process.env);
  const { run, table } = LoadRequest.parse(event);
  const { key, versionId } = run.source;
  // A version that a newer one of its name has replaced brings nothing, whichever of the two comes first.
  const isInForce = await isNewest(runIdOf(inbox, key, versionId), { bucket: inbox, key });
  if (!isInForce) return { ...run, snowflake: { rows: 0, loadedAt: new Date().toISOString() } };
  const stagedAt = `${run.runId}/${key.split('/').at(-1)}`;
  // A copy of its own, which no other version of the file can be in the place of; and the one place Snowflake can read.
  await copyVerified({ ...run.bronze, size: run.size, sha256: run.sha256 }, { bucket, key: prefix + stagedAt });
  const rows = await load(snowflakeSettings(), rawLoad(run, table, stagedAt));
  return { ...run, snowflake: { rows, loadedAt: new Date().toISOString() } };
});

function rawLoad(run: StoredRun, { columns, csv }: z.infer<typeof LoadRequest>['table'], stagedAt: string): RawLoad {
  const { dataset, header, headerLines, ingestionDate: batchDate, source } = run;
  const names = columns.map(({ name }) => name);
  return { dataset, columns: names, csv, header, headerLines, batchDate, fileName: source.key, stagedAt };
}
