import type { KeptVersion, StoredRun } from '../../contracts/run';
import { VersionGone } from '../../contracts/errors';
import { copyVerified, type Place } from '../s3/copy-verified';

/**
 * Copies the file from where it came in, or, where somebody deleted it there during the run, from bronze; the checksum tells
 * that it is the same either way. Raises VersionGone when neither has it.
 */
export async function copyToArchive(run: StoredRun, archive: Place): Promise<KeptVersion> {
  try {
    return await copyVerified(run, archive);
  } catch (error) {
    if (!(error instanceof VersionGone)) throw error;
    const { bucket, key, versionId } = run.bronze;
    return copyVerified({ bucket, key, versionId, size: run.size, sha256: run.sha256 }, archive);
  }
}
