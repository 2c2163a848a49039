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

function secondOf(time: string): string {
  return time.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}
