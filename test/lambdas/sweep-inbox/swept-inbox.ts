import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach } from 'vitest';
import { handler as receiveFile } from '../../../lambdas/receive-file/index';
import { settings } from '../../../lambdas/sweep-inbox/settings';
import { sweep, type Swept } from '../../../lambdas/sweep-inbox/sweep';
import { idOf, useInbox, type Inbox } from '../receive-file/inbox';
import { batch } from '../support/arrivals';
import { createLedger } from '../support/aws';
import type { PutVersion } from '../support/objects';
import { createQueue, type TestQueue } from '../support/queue';

export interface SweptInbox extends Inbox {
  queue: TestQueue;
  /** Of archive-transactions. */
  archiveQueue: TestQueue;
}

/** As receive-file's inbox, with a ledger and a queue of each test's own. */
export function useSweptInbox(): SweptInbox {
  const inbox = useInbox() as SweptInbox;
  beforeEach(async () => {
    await createLedger();
    inbox.queue = await createQueue();
    inbox.archiveQueue = await createQueue();
    Object.assign(process.env, {
      INBOX_BUCKET: inbox.bucket,
      INBOX_QUEUE_URL: inbox.queue.url,
      DATASETS: JSON.stringify(['purchases', 'unmatched']),
      ARCHIVED_BY_EVENT: JSON.stringify(['purchases']),
      ARCHIVE_QUEUE_URL: inbox.archiveQueue.url,
      TAKE_AFTER_MINUTES: '60',
      ALERT_AFTER_HOURS: '24',
    });
  });
  return inbox;
}

export const MINUTES = 60_000;
export const HOURS = 60 * MINUTES;

/** What a sweep does that comes so much later. */
export function sweepAfter(milliseconds: number): Promise<Swept> {
  return sweep(settings(), new Date(Date.now() + milliseconds));
}

/** Hands what is in the queue to receive-file. */
export async function deliver(queue: TestQueue): Promise<void> {
  const { batchItemFailures } = await receiveFile(batch(...(await queue.received())));
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} messages came back`);
}

export function executionOf({ machine }: Inbox, file: PutVersion): string {
  return `${machine.replace(':stateMachine:', ':execution:')}:${idOf(file)}`;
}

export async function abort(inbox: Inbox, file: PutVersion): Promise<void> {
  await new SFNClient({}).send(new StopExecutionCommand({ executionArn: executionOf(inbox, file) }));
}
