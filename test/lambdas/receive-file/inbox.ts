import type { SQSBatchResponse } from 'aws-lambda';
import { beforeAll, beforeEach } from 'vitest';
import { runIdOf } from '../../../contracts/run-id';
import { contentId } from '../../../lambdas/ledger/items';
import { handler } from '../../../lambdas/receive-file/index';
import { arrivalOf, batch } from '../support/arrivals';
import {
  changeItem,
  createBucket,
  createLedger,
  createStateMachine,
  createTopic,
  readItem,
  type TestTopic,
} from '../support/aws';
import { put, type PutVersion } from '../support/objects';

export const NAME = 'customer_purchases_20250102.csv';
export const NOTHING_FAILED: SQSBatchResponse = { batchItemFailures: [] };

/** Where receive-file works in a test: inbox and state machine are each test's own, the rest is the file's. */
export interface Inbox {
  readonly bucket: string;
  readonly quarantine: string;
  readonly machine: string;
  readonly failures: TestTopic;
  readonly successes: TestTopic;
  /** A file whose bytes no other test has. */
  readonly putNew: (key: string) => Promise<PutVersion>;
}

export function useInbox(): Inbox {
  const inbox = { number: 0 } as { -readonly [Name in keyof Inbox]: Inbox[Name] } & { number: number };
  inbox.putNew = (key) => put(inbox.bucket, key, `purchase_id\n${(inbox.number += 1)}\n`);
  beforeAll(async () => {
    await createLedger();
    [inbox.quarantine, inbox.failures, inbox.successes] = await Promise.all([
      createBucket('quarantine'),
      createTopic(),
      createTopic(),
    ]);
  });
  beforeEach(async () => {
    [inbox.bucket, inbox.machine] = await Promise.all([createBucket('inbox'), createStateMachine()]);
    setEnvironment(inbox);
    await Promise.all([inbox.failures.received(), inbox.successes.received()]);
  });
  return inbox;
}

function setEnvironment({ machine, quarantine, failures, successes }: Inbox): void {
  const route = {
    dataset: 'purchases',
    filePattern: 'customer_purchases_{date}.csv',
    dateFormat: 'YYYYMMDD',
    contractVersion: '1.0.0',
  };
  Object.assign(process.env, {
    ROUTES: JSON.stringify([route]),
    STATE_MACHINE_PREFIX: machine.slice(0, -route.dataset.length),
    QUARANTINE_BUCKET: quarantine,
    FAILURE_TOPIC_ARN: failures.arn,
    SUCCESS_TOPIC_ARN: successes.arn,
  });
}

export function receive(...files: PutVersion[]): Promise<SQSBatchResponse> {
  return handler(batch(...files.map((file) => arrivalOf(file))));
}

export function idOf({ bucket, key, versionId }: PutVersion): string {
  return runIdOf(bucket, key, versionId);
}

export function itemOf(file: PutVersion): Promise<Record<string, unknown> | undefined> {
  return readItem(idOf(file));
}

/** What the file's execution does at its end. */
export async function finish(file: PutVersion, status: 'succeeded' | 'failed'): Promise<void> {
  await changeItem(idOf(file), { status });
  await changeItem(contentId('purchases', file.sha256), { status });
}
