import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from './client';
import { isGone, orVersionGone } from './gone';
import { parametersOf, type Version } from './version';

export interface FoundVersion extends Version {
  readonly size: number;
  /** ISO, UTC. */
  readonly lastModified: string;
}

/** The named version, or the newest one where no version is named; undefined when it does not exist (any more). */
export async function findVersion(bucket: string, key: string, versionId?: string): Promise<FoundVersion | undefined> {
  try {
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return {
      bucket,
      key,
      // An object from before versioning was switched on has the version "null".
      versionId: versionId ?? head.VersionId ?? 'null',
      size: head.ContentLength ?? 0,
      lastModified: (head.LastModified ?? new Date(0)).toISOString(),
    };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** SHA-256 of the version's bytes, in hexadecimal; streamed, so the size does not matter. Raises VersionGone. */
export async function sha256Of(version: Version): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await open(version)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** The version's first bytes, at most `limit` of them. Raises VersionGone. */
export function readBeginning(version: Version, limit: number): Promise<Buffer> {
  return readRange(version, 0, limit);
}

/** The version's bytes from one offset to before another. Raises VersionGone. */
export async function readRange(version: Version, start: number, end: number): Promise<Buffer> {
  const limit = end - start;
  const chunks: Buffer[] = [];
  let length = 0;
  const body = await open(version, `bytes=${start}-${end - 1}`);
  // A server that does not know ranges sends everything: leaving the loop ends the download.
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

async function open(version: Version, range?: string): Promise<Readable> {
  const request = new GetObjectCommand({ ...parametersOf(version), Range: range });
  const { Body } = await orVersionGone(version, s3.send(request));
  if (!(Body instanceof Readable)) throw new TypeError(`GetObject of ${version.key} answered without a body`);
  return Body;
}
