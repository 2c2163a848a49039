import type { StoredRun } from '../../contracts/run';
import { VersionGone } from '../../contracts/errors';
import { copyVerified, type Place } from '../s3/copy-verified';
import { findVersion } from '../s3/read-version';

/**
 * Copies the file from the inbox, or, where somebody deleted it there during the run, from bronze; the checksum tells that
 * it is the same either way. Raises VersionGone when neither has it.
 */
export async function copyToArchive(run: StoredRun, archive: Place): Promise<void> {
  try {
    await copyVerified(run, archive);
  } catch (error) {
    const kept = error instanceof VersionGone && (await findVersion(run.bronze.bucket, run.bronze.key));
    if (!kept) throw error;
    await copyVerified({ ...kept, size: run.size, sha256: run.sha256 }, archive);
  }
}
