import { createReadStream } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Account } from '../aws/account';
import { UserError } from '../failure';
import type { LocalFile } from './dropped-files';

const PART_SIZE = 16 * 1024 * 1024;

export interface Inbox {
  readonly client: S3Client;
  readonly bucket: string;
}

export async function openInbox(account: Account): Promise<Inbox> {
  // Buckets of the laptop are paths of one host.
  const client = new S3Client({ ...account.settings, forcePathStyle: account.stage === 'local' });
  return { client, bucket: await account.output('lake', 'InboxBucketName') };
}

/** Puts a file of any size into the inbox; resolves to its version. */
export async function upload(
  inbox: Inbox,
  file: LocalFile,
  signal: AbortSignal,
  onBytes: (sent: number) => void,
): Promise<string> {
  signal.throwIfAborted();
  const uploading = new Upload({
    client: inbox.client,
    params: { Bucket: inbox.bucket, Key: file.key, Body: createReadStream(file.path), ContentType: 'text/csv' },
    partSize: PART_SIZE,
  });
  uploading.on('httpUploadProgress', ({ loaded = 0 }) => onBytes(loaded));
  const stop = (): void => void uploading.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { VersionId: version } = await uploading.done();
    if (version === undefined) throw new UserError(`the bucket ${inbox.bucket} keeps no versions: deploy the stage again`);
    return version;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
