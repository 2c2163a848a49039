import { z } from 'zod';
import { type StoredRun, ValidatedRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { copyVerified } from '../s3/copy-verified';
import { keyByDay } from '../s3/keys';

const Settings = z.object({ BRONZE_BUCKET: z.string().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<StoredRun> => {
  const { BRONZE_BUCKET: bucket } = Settings.parse(process.env);
  const run = ValidatedRun.parse(event);
  const key = keyByDay(run.dataset, run);
  const kept = await copyVerified(run, { bucket, key });
  return { ...run, bronze: { ...kept, path: `s3://${bucket}/${key}` } };
});
