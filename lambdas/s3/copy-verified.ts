import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { ChecksumMismatch } from '../../contracts/errors';
import { s3 } from './client';
import { copyInParts } from './copy-in-parts';
import { isGone, orVersionGone } from './gone';
import { sha256Of } from './read-version';
import { copySource, type StoredFile } from './version';

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** CopyObject takes no more: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const SINGLE_COPY_LIMIT = 5 * 1024 ** 3;

/**
 * Copies a version inside S3, byte for byte, and makes sure of it. Where the same bytes are already, nothing is done.
 *
 * Raises VersionGone, and ChecksumMismatch when the copy is not what was received.
 */
export async function copyVerified(file: StoredFile, to: Place, singleCopyLimit = SINGLE_COPY_LIMIT): Promise<void> {
  if (await holds(to, file)) return;
  if (file.size > singleCopyLimit) await orVersionGone(file, copyInParts(file, to));
  else await orVersionGone(file, copyWhole(file, to));
  if (await holds(to, file)) return;
  throw new ChecksumMismatch(
    `s3://${to.bucket}/${to.key} is not the ${file.size} bytes with SHA-256 ${file.sha256} that ` +
      `version ${file.versionId} of s3://${file.bucket}/${file.key} had when it was received; the original is untouched`,
  );
}

async function copyWhole(file: StoredFile, to: Place): Promise<void> {
  await s3.send(
    new CopyObjectCommand({
      CopySource: copySource(file),
      Bucket: to.bucket,
      Key: to.key,
      ChecksumAlgorithm: 'SHA256',
      // The uploader's tags are not data, and to copy them would take two more permissions.
      TaggingDirective: 'REPLACE',
    }),
  );
}

/** Whether the newest object at the place has the file's bytes. */
async function holds(place: Place, file: StoredFile): Promise<boolean> {
  const head = await headOf(place);
  if (head?.ContentLength !== file.size) return false;
  // S3's own checksum, unless it is a checksum of parts ("…-3") or was never computed.
  if (head.ChecksumSHA256 !== undefined && !head.ChecksumSHA256.includes('-'))
    return head.ChecksumSHA256 === Buffer.from(file.sha256, 'hex').toString('base64');
  return (await sha256Of({ ...place, versionId: head.VersionId ?? 'null' })) === file.sha256;
}

async function headOf({ bucket, key }: Place) {
  try {
    return await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
