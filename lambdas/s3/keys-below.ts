import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { s3 } from './client';

/** The keys of all objects below a prefix, in order. */
export async function keysBelow(bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }))
    keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
  return keys;
}
