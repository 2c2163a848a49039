import { VersionGone } from '../../contracts/errors';
import type { KeptVersion } from '../../contracts/run';
import { recordArchive } from '../ledger/archiving';
import { versionGone } from '../s3/gone';
import { copyVerified, type Place } from '../s3/copy-verified';
import { findVersion } from '../s3/read-version';
import { removeVersion } from '../s3/remove-version';
import type { StoredFile } from '../s3/version';
import { archiveKey, bronzeKey, isLoaded, type LoadedFile } from './place';
import type { FileItem } from '../ledger/items';
import type { Settings } from './settings';

/**
 * Moves exactly the version that was loaded: copied, verified, then deleted, then written down. Whoever dies in between is
 * followed by a delivery that finds the copy there and goes on.
 */
export async function archive(file: FileItem, prefix: string, { archive: bucket, bronze }: Settings): Promise<KeptVersion> {
  if (!isLoaded(file)) throw new Error(`run ${file.id} has loaded a file of which the ledger knows neither size nor day`);
  const kept = await keep(file, { bucket, key: archiveKey(prefix, file) }, bronze);
  await recordArchive(file.id, kept);
  return kept;
}

async function keep(file: LoadedFile, place: Place, bronze: string): Promise<KeptVersion> {
  const { bucket, key, versionId, size, sha256 } = file.stored ?? file;
  // A replay reads from the archive: there its file stays.
  if (bucket === place.bucket) return { bucket, key, versionId };
  const stored = { bucket, key, versionId, size, sha256 };
  const kept = await copyOrTakeBronze(stored, place, { bucket: bronze, key: bronzeKey(file) });
  await removeVersion(stored);
  return kept;
}

/** From where it came in, or, where somebody deleted it there meanwhile, from bronze: the checksum tells that it is the same. */
async function copyOrTakeBronze(file: StoredFile, place: Place, bronze: Place): Promise<KeptVersion> {
  try {
    return await copyVerified(file, place);
  } catch (error) {
    if (!(error instanceof VersionGone)) throw error;
    const inBronze = await findVersion(bronze.bucket, bronze.key);
    if (inBronze === undefined) throw versionGone(file);
    return copyVerified({ ...inBronze, size: file.size, sha256: file.sha256 }, place);
  }
}
