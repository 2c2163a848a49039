import { randomUUID } from 'node:crypto';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { KeptVersion } from '../../contracts/run';
import { requestedRunIdOf } from '../../contracts/run-id';
import type { Account } from '../aws/account';

type Wish =
  | { readonly kind: 'Replay Requested'; readonly run: string }
  | { readonly kind: 'Release Requested'; readonly run: string; readonly file: KeptVersion };

/** Asks receive-file for a run about a file that is in the tables; resolves to the new run's id. */
export async function request(account: Account, { kind, ...detail }: Wish): Promise<string> {
  const id = randomUUID();
  const body = { source: 'assay', 'detail-type': kind, id, detail };
  const queue = await account.output('pipelines', 'ReceiveQueueUrl');
  await new SQSClient(account.settings).send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(body) }));
  return requestedRunIdOf(detail.run, id);
}
