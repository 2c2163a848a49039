import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Version } from '../../../lambdas/s3/version';
import { sha256Hex } from './hash';
import { s3 } from './aws';

/** A version as the handlers' requests name it. */
export interface PutVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly size: number;
  readonly sha256: string;
}

export async function put(bucket: string, key: string, content: string | Buffer): Promise<PutVersion> {
  const body = Buffer.from(content);
  const { VersionId: versionId = 'null' } = await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'text/csv' }),
  );
  return { bucket, key, versionId, size: body.length, sha256: sha256Hex(body) };
}

export async function get(bucket: string, key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

export async function getVersion({ bucket, key, versionId }: Version): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** Keys in sight. */
export async function keys(bucket: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = '' }) => Key);
}

/** Version ids that exist, in sight or not, delete markers left out. */
export async function versions(bucket: string, key: string): Promise<string[]> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
  return Versions.filter(({ Key }) => Key === key).map(({ VersionId = '' }) => VersionId);
}

/** The version in sight, if any. */
export async function visibleVersion(bucket: string, key: string): Promise<string | undefined> {
  try {
    return (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).VersionId;
  } catch {
    return undefined;
  }
}

export async function remove(version: PutVersion): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: version.bucket, Key: version.key, VersionId: version.versionId }));
}
