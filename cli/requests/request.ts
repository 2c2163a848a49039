import { createHash, randomUUID } from 'node:crypto';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Account } from '../aws/account';

/** A version of an object. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

type Wish =
  | { readonly kind: 'Replay Requested'; readonly run: string }
  | { readonly kind: 'Release Requested'; readonly run: string; readonly file: Place };

/** Asks receive-file for a run about a file that is in the tables; resolves to the new run's id. */
export async function request(account: Account, { kind, ...detail }: Wish): Promise<string> {
  const id = randomUUID();
  const body = { source: 'assay', 'detail-type': kind, id, detail };
  const queue = await account.output('pipelines', 'ReceiveQueueUrl');
  await new SQSClient(account.settings).send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(body) }));
  return requestedRunIdOf(detail.run, id);
}

/** The id that receive-file gives to a requested run; a test holds it against the Lambda's. */
export function requestedRunIdOf(runId: string, requestId: string): string {
  return createHash('sha256').update(`${runId}\n${requestId}`).digest('hex');
}
