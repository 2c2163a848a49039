import { z } from 'zod';
import { StoredRun, type ArchivedRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { keyByDay } from '../s3/keys';
import { removeVersion } from '../s3/remove-version';
import { copyToArchive } from './copy-to-archive';

const Settings = z.object({
  ARCHIVE_BUCKET: z.string().min(1),
  ARCHIVE_PREFIXES: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
});

export const handler = withFailureNames(async (event: unknown): Promise<ArchivedRun> => {
  const { ARCHIVE_BUCKET: bucket, ARCHIVE_PREFIXES: prefixes } = Settings.parse(process.env);
  const run = StoredRun.parse(event);
  const { versionId } = run;
  // A replay reads from the archive: there its file stays.
  if (run.bucket === bucket) return { ...run, archive: { bucket, key: run.key, versionId } };
  const key = keyByDay(prefixes[run.dataset] ?? run.dataset, run);
  const archive = await copyToArchive(run, { bucket, key });
  await removeVersion(run);
  return { ...run, archive };
});
