import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { awsClient } from '../aws/client';

const sqs = awsClient(SQSClient);
const FIRST_SECONDS = 5;
const MOST_SECONDS = 300;

/** After how many seconds a message that came so many times is looked at again: a load takes seconds, or hours of retries. */
export function pauseAfter(deliveries: number): number {
  return Math.min(FIRST_SECONDS * 2 ** (deliveries - 1), MOST_SECONDS);
}

/** The message goes back into the queue, for a while that grows. */
export async function comeBack(queueUrl: string, { receiptHandle, attributes }: SQSRecord): Promise<void> {
  const VisibilityTimeout = pauseAfter(Number(attributes.ApproximateReceiveCount));
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout }));
}
