import { S3ServiceException } from '@aws-sdk/client-s3';
import { VersionGone } from '../../contracts/errors';
import type { Version } from './version';

/** 404: no such key or version. 405: the version is a delete marker. A missing bucket is a fault of ours, not of the file. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof S3ServiceException) || error.name === 'NoSuchBucket') return false;
  return error.$metadata.httpStatusCode === 404 || error.$metadata.httpStatusCode === 405;
}

/** Runs an S3 call about the version; that it does not exist any more becomes VersionGone. */
export async function orVersionGone<Answer>(version: Version, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (isGone(error)) throw versionGone(version);
    throw error;
  }
}

export function versionGone({ bucket, key, versionId }: Version): VersionGone {
  return new VersionGone(
    `version ${versionId} of s3://${bucket}/${key} does not exist any more: it was deleted before it could be read; ` +
      'upload the file again',
  );
}
