import { z } from 'zod';
import { StoredRun, type ArchivedRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { keyByDay } from '../s3/keys';
import { removeVersion } from '../s3/remove-version';
import { copyToArchive } from './copy-to-archive';

const Settings = z.object({ ARCHIVE_BUCKET: z.string().min(1) });
const ArchiveRequest = z.object({ run: StoredRun, prefix: z.string().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<ArchivedRun> => {
  const { ARCHIVE_BUCKET: bucket } = Settings.parse(process.env);
  const { run, prefix } = ArchiveRequest.parse(event);
  const { versionId } = run;
  // A replay reads from the archive: there its file stays.
  if (run.bucket === bucket) return { ...run, archive: { bucket, key: run.key, versionId } };
  const key = keyByDay(prefix, run);
  const archive = await copyToArchive(run, { bucket, key });
  await removeVersion(run);
  return { ...run, archive };
});
