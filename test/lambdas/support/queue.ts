import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';

/** A queue, and what came into it since it was last asked. */
export interface TestQueue {
  readonly url: string;
  readonly received: () => Promise<SQSRecord[]>;
}

const sqs = new SQSClient({});

export async function createQueue(): Promise<TestQueue> {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: randomUUID() }));
  const received = async (): Promise<SQSRecord[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }));
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    const records = Messages.map(({ MessageId: messageId, Body: body }) => ({ messageId, body }) as SQSRecord);
    return records.length === 0 ? [] : [...records, ...(await received())];
  };
  return { url, received };
}
