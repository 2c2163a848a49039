import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { runIdOf } from '../../contracts/run-id';
import { readFileItem } from '../ledger/table';
import { s3 } from '../s3/client';
import { findVersion, sha256Of } from '../s3/read-version';
import type { Version } from '../s3/version';
import type { DayFile } from './day-file';

export interface WrittenDay extends Version {
  /** False: the same bytes lie there already, and their run has not failed. */
  readonly isNew: boolean;
}

/**
 * Writes the file into the inbox, unless it is there. One whose run failed is written again, as a version of its own: that
 * is what starts the next run.
 */
export async function writeDay(bucket: string, { key, content }: DayFile): Promise<WrittenDay> {
  const there = await findVersion(bucket, key);
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest();
  if (there && there.size === bytes.length && (await sha256Of(there)) === sha256.toString('hex') && !(await hasFailed(there)))
    return { bucket, key, versionId: there.versionId, isNew: false };
  const ChecksumSHA256 = sha256.toString('base64');
  const request = { Bucket: bucket, Key: key, Body: bytes, ContentType: 'text/csv', ChecksumSHA256 };
  const { VersionId: versionId = 'null' } = await s3.send(new PutObjectCommand(request));
  return { bucket, key, versionId, isNew: true };
}

async function hasFailed({ bucket, key, versionId }: Version): Promise<boolean> {
  return (await readFileItem(runIdOf(bucket, key, versionId)))?.status === 'failed';
}
