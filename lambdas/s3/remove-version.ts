import { DeleteObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { s3 } from './client';
import { versionsOf } from './list-versions';
import { parametersOf, type Version } from './version';

/**
 * Takes a version that is kept elsewhere out of the inbox. A newer version of the key stays what it is: visible.
 *
 * An older version, of a run that failed, must not come back into sight as if it had just arrived: a delete marker hides it.
 */
export async function removeVersion(version: Version): Promise<void> {
  const versions = await versionsOf(version);
  const newest = versions.find(({ IsLatest }) => IsLatest);
  if (newest?.VersionId === version.versionId && versions.length > 1) await hide(version, newest.ETag);
  await s3.send(new DeleteObjectCommand(parametersOf(version)));
}

async function hide({ bucket, key }: Version, etag: string | undefined): Promise<void> {
  try {
    // On condition: a version that arrives right now must not be hidden.
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
  } catch (error) {
    const overtaken = error instanceof S3ServiceException && [404, 412].includes(error.$metadata.httpStatusCode ?? 0);
    if (!overtaken) throw error;
  }
}
