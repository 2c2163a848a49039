import type { NameItem } from '../ledger/items';
import { versionsOf } from '../s3/list-versions';
import type { FoundVersion } from '../s3/read-version';

/**
 * When the version was written, as a time that orders the versions of a key: S3 tells whole seconds only, so of versions
 * written in one second the later ones get as many milliseconds as there are earlier ones.
 */
export async function writtenAt(version: FoundVersion): Promise<string> {
  const second = secondOf(version.lastModified);
  const versions = await versionsOf(version);
  const place = versions.findIndex(({ VersionId }) => VersionId === version.versionId);
  const older = place < 0 ? [] : versions.slice(place + 1);
  const inOneSecond = older.filter(({ LastModified }) => secondOf(LastModified?.toISOString() ?? '') === second).length;
  return `${second}.${String(Math.min(inOneSecond, 999)).padStart(3, '0')}Z`;
}

/**
 * The version's time, made later than that of the newest version claimed, where that one was written in the same second but
 * before it and could not be counted, having left the inbox by then.
 */
export async function afterGone(version: FoundVersion, claimed: NameItem | undefined): Promise<string> {
  const { lastModified, versionId } = version;
  const isOneSecond = claimed !== undefined && secondOf(claimed.lastModified) === secondOf(lastModified);
  if (!isOneSecond || claimed.versionId === versionId || claimed.lastModified < lastModified) return lastModified;
  // Of a later one that has left, a delete marker would stand before this.
  const [newest] = await versionsOf(version);
  if (newest?.VersionId !== versionId || !newest.IsLatest) return lastModified;
  return new Date(Date.parse(claimed.lastModified) + 1).toISOString();
}

function secondOf(time: string): string {
  return time.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}
