import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { ChecksumMismatch } from '../../contracts/errors';
import type { KeptVersion } from '../../contracts/run';
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
 * Copies a version inside S3, byte for byte, makes sure of it, and says which version the copy is. Where the newest version
 * at the place has the bytes already, that one is it.
 *
 * Raises VersionGone, and ChecksumMismatch when the copy is not what was received.
 */
export async function copyVerified(file: StoredFile, to: Place, singleCopyLimit = SINGLE_COPY_LIMIT): Promise<KeptVersion> {
  const there = await holding(to, file);
  if (there) return there;
  if (file.size > singleCopyLimit) await orVersionGone(file, copyInParts(file, to));
  else await orVersionGone(file, copyWhole(file, to));
  const copied = await holding(to, file);
  if (copied) return copied;
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

/** The newest version at the place, when it has the file's bytes. */
async function holding(place: Place, file: StoredFile): Promise<KeptVersion | undefined> {
  const head = await headOf(place);
  if (head?.ContentLength !== file.size) return undefined;
  const version = { ...place, versionId: head.VersionId ?? 'null' };
  return (await hashOf(version, head.ChecksumSHA256)) === file.sha256 ? version : undefined;
}

/** By S3's own checksum, unless it is a checksum of parts ("…-3") or was never computed. */
async function hashOf(version: KeptVersion, checksum = '-'): Promise<string> {
  return checksum.includes('-') ? sha256Of(version) : Buffer.from(checksum, 'base64').toString('hex');
}

async function headOf({ bucket, key }: Place) {
  try {
    return await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
