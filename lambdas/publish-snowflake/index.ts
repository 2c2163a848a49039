import { z } from 'zod';
import { changesOf } from '../../contracts/changes-folder';
import { Column } from '../../contracts/column';
import { StoredRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { keysBelow } from '../s3/keys-below';
import { snowflakeSettings } from '../snowflake/settings';
import { publish } from './publish';

const Settings = z.object({
  WORK_BUCKET: z.string().min(1),
  /** What Snowflake's stage stands for. */
  WORK_PREFIX: z.string().endsWith('/'),
});
const PublishRequest = z.object({
  run: StoredRun,
  table: z.object({ columns: z.array(Column).min(1), primaryKey: z.array(z.string()).min(1) }),
});

export const handler = withFailureNames(async (event: unknown): Promise<StoredRun> => {
  const { WORK_BUCKET: bucket, WORK_PREFIX: prefix } = Settings.parse(process.env);
  const { run, table } = PublishRequest.parse(event);
  const { runId, dataset } = run;
  const changes = await keysBelow(bucket, prefix + changesOf(runId));
  const files = changes.filter((key) => key.endsWith('.parquet')).map((key) => key.slice(prefix.length));
  const rows = await publish(snowflakeSettings(), { ...table, dataset, runId, files });
  return { ...run, snowflake: { rows } };
});
