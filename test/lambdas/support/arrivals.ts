import { randomUUID } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { PutVersion } from './objects';

interface ArrivalOptions {
  /** As the emulator sends it, without; @default with the version's id, as AWS does */
  readonly withVersion?: boolean;
  readonly messageId?: string;
  readonly time?: string;
}

/** One SQS message with EventBridge's "Object Created" in it. */
export function arrivalOf(file: PutVersion, { withVersion = true, messageId, time }: ArrivalOptions = {}): SQSRecord {
  const body = {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    time: time ?? new Date(Date.now() - 1000).toISOString().replace(/\.\d+/, ''),
    detail: {
      bucket: { name: file.bucket },
      object: { key: file.key, size: file.size, ...(withVersion && { 'version-id': file.versionId }) },
      reason: 'PutObject',
    },
  };
  return { messageId: messageId ?? randomUUID(), body: JSON.stringify(body) } as SQSRecord;
}

/** One SQS message with a word of an operator or of the sweep in it. */
export function messageOf(type: string, detail: object, id: string = randomUUID()): SQSRecord {
  return { messageId: randomUUID(), body: JSON.stringify({ source: 'assay', id, 'detail-type': type, detail }) } as SQSRecord;
}

export function batch(...Records: SQSRecord[]): SQSEvent {
  return { Records };
}
