import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, type ObjectVersion } from '@aws-sdk/client-s3';
import { s3 } from '../s3/client';
import type { Version } from '../s3/version';

export interface InboxObject extends Version {
  readonly size: number;
  readonly lastModified: Date;
}

/** The newest version of every file in the inbox; folder markers are no files. */
export async function* listInbox(bucket: string): AsyncGenerator<InboxObject> {
  let page: Partial<ListObjectVersionsCommandOutput> = {};
  do {
    const after = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, ...after }));
    for (const version of page.Versions ?? []) {
      const file = version.IsLatest ? fileOf(bucket, version) : undefined;
      if (file) yield file;
    }
  } while (page.IsTruncated);
}

function fileOf(bucket: string, version: ObjectVersion): InboxObject | undefined {
  const { Key: key, VersionId: versionId, Size: size = 0, LastModified: lastModified } = version;
  if (key === undefined || versionId === undefined || lastModified === undefined) return undefined;
  return key.endsWith('/') && size === 0 ? undefined : { bucket, key, versionId, size, lastModified };
}
