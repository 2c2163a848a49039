import { randomUUID } from 'node:crypto';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';

export const LAST_JOB = 'assay-test-silver-to-changes';

interface Noticed {
  readonly run: string;
  readonly job?: string;
  readonly state?: string;
}

/** The body that SNS makes of report-job's message. */
export function noticeBody({ run, job = LAST_JOB, state = 'SUCCEEDED' }: Noticed): string {
  const attributes = { dataset: 'transactions', job, state, run, jobRunId: randomUUID() };
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, Value]) => [name, { Type: 'String', Value }]),
  );
  return JSON.stringify({ Type: 'Notification', Message: 'for people', MessageAttributes });
}

const sqs = new SQSClient({});

/** Sends the bodies and takes them again, as Lambda does: they are still in the queue, and out of sight. */
export async function taken(queueUrl: string, ...bodies: string[]): Promise<SQSRecord[]> {
  for (const body of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  const records: SQSRecord[] = [];
  while (records.length < bodies.length) records.push(...(await take(queueUrl)));
  return records;
}

export async function take(queueUrl: string): Promise<SQSRecord[]> {
  const request = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const] };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...request, VisibilityTimeout: 60 }));
  return Messages.map(
    ({ MessageId: messageId, ReceiptHandle: receiptHandle, Body: body, Attributes: attributes }) =>
      ({ messageId, receiptHandle, body, attributes }) as SQSRecord,
  );
}
