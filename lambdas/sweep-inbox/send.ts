import { randomUUID } from 'node:crypto';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { awsClient } from '../aws/client';
import type { InboxObject } from './list-inbox';

const sqs = awsClient(SQSClient);

/** Announces a file as S3 would have. */
export async function sendArrival(queueUrl: string, { bucket, key, versionId, size }: InboxObject, now: Date): Promise<void> {
  const detail = { bucket: { name: bucket }, object: { key, size, 'version-id': versionId } };
  await send(queueUrl, { id: randomUUID(), 'detail-type': 'Object Created', time: now.toISOString(), detail });
}

/** Has receive-file go on with a run that it entered. */
export async function sendLeftBehind(queueUrl: string, run: string): Promise<void> {
  await send(queueUrl, { 'detail-type': 'Run Left Behind', detail: { run } });
}

/** Has archive-transactions look at a run, as the event of its last job would have. */
export async function sendUnarchived(queueUrl: string, run: string): Promise<void> {
  await send(queueUrl, { 'detail-type': 'Archive Left Behind', detail: { run } });
}

async function send(queueUrl: string, body: object): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ source: 'assay', ...body }) }));
}
