import { ListObjectVersionsCommand, type ObjectVersion } from '@aws-sdk/client-s3';
import { s3 } from './client';

/** The versions of one key that are there, the newest first. More than a thousand, and the oldest are left out. */
export async function versionsOf({ bucket, key }: { bucket: string; key: string }): Promise<ObjectVersion[]> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
  return Versions.filter(({ Key }) => Key === key);
}
