import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import type { DrillLaptop } from './laptop';
import type { DrillFile } from './purchases';

/** Enters the file into the ledger as receive-file does before it starts the execution, at that time, and does no more. */
export async function enterClaimed(laptop: DrillLaptop, runId: string, { key, content }: DrillFile, at: Date): Promise<void> {
  const head = await laptop.s3.send(new HeadObjectCommand({ Bucket: laptop.inbox, Key: key }));
  const { endpoint = '', region = '', credentials } = laptop.account.settings;
  // The product's own code, which reads where it works from its environment.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
    LEDGER_TABLE: await laptop.account.output('lake', 'LedgerTableName'),
  });
  const { claim } = await import('../../../lambdas/ledger/enter');
  const { claimedItem } = await import('../../../lambdas/receive-file/new-items');
  const version = {
    bucket: laptop.inbox,
    key,
    versionId: head.VersionId ?? '',
    size: content.length,
    lastModified: head.LastModified?.toISOString() ?? '',
  };
  const batch = { dataset: 'purchases', contractVersion: '1.2.0', ingestionDate: '2025-01-01', format: 'csv' } as const;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const item = claimedItem(version, sha256, batch, { messageId: 'lost', now: at.toISOString() });
  if (item.id !== runId) throw new Error(`the claim is of run ${item.id}, not of ${runId}`);
  if (!(await claim(item, { content: undefined, name: undefined }))) throw new Error(`${key} was claimed before`);
}
