import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../s3/client';

/** Where an extract keeps what it has, in bronze. */
export interface ExtractPlace {
  readonly bucket: string;
  /** With a slash at its end. */
  readonly prefix: string;
}

export function extractPlace(bucket: string, source: string, extractId: string): ExtractPlace {
  return { bucket, prefix: `_extracts/${source}/${extractId}/` };
}

/** s3://bucket/key of one of its objects. */
export function placeUri({ bucket, prefix }: ExtractPlace, name: string): string {
  return `s3://${bucket}/${prefix}${name}`;
}

export async function putObject({ bucket, prefix }: ExtractPlace, name: string, bytes: Buffer | string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + name, Body: bytes, ContentType: 'application/json' }));
}

/** The object's bytes; undefined when there is none. */
export async function getObject({ bucket, prefix }: ExtractPlace, name: string): Promise<Buffer | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + name }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
