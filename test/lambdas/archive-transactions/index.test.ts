import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ReceivedRun } from '../../../contracts/run';
import { runIdOf } from '../../../contracts/run-id';
import { handler } from '../../../lambdas/archive-transactions/index';
import { batch } from '../support/arrivals';
import { changeItem, createBucket, createLedger, readItem } from '../support/aws';
import { get, getVersion, put, remove, versions, visibleVersion, type PutVersion } from '../support/objects';
import { createQueue, type TestQueue } from '../support/queue';
import { receivedRun } from '../support/runs';
import { noticeBody, take, taken } from './notices';

const KEY = 'transactions/year=2025/month=01/day=02/transactions_20250102.csv';
let inbox: string;
let archive: string;
let bronze: string;
let queue: TestQueue;

beforeAll(async () => {
  bronze = await createBucket('bronze');
});
beforeEach(async () => {
  await createLedger();
  [inbox, archive, queue] = await Promise.all([createBucket('inbox'), createBucket('archive'), createQueue()]);
  const DATASETS = JSON.stringify({ transactions: { prefix: 'transactions', lastJob: 'assay-test-silver-to-changes' } });
  Object.assign(process.env, { ARCHIVE_BUCKET: archive, BRONZE_BUCKET: bronze, QUEUE_URL: queue.url, DATASETS });
});

async function arrived(content: string, status: string, changes: Partial<ReceivedRun> = {}) {
  const file = await put(inbox, KEY, content);
  await enter(file, status, changes);
  return { ...file, run: runIdOf(file.bucket, file.key, file.versionId) };
}

async function enter(file: PutVersion, status: string, changes: Partial<ReceivedRun> = {}): Promise<void> {
  const { outcome, ingestionDate } = receivedRun('any');
  const facts = { outcome, ingestionDate, dataset: 'transactions', startedAt: '2025-01-03T04:05:07.000Z' };
  await changeItem(runIdOf(file.bucket, file.key, file.versionId), { ...facts, ...file, ...changes, status });
}

async function deliver(...bodies: string[]): Promise<number> {
  const { batchItemFailures } = await handler(batch(...(await taken(queue.url, ...bodies))));
  return batchItemFailures.length;
}

describe('the success of the last job', () => {
  test('of a loaded file moves that version into the archive, by day, and the ledger knows where', async () => {
    const { run } = await arrived('the bytes', 'succeeded');
    expect(await deliver(noticeBody({ run }))).toBe(0);
    expect(String(await get(archive, KEY))).toBe('the bytes');
    expect(await versions(inbox, KEY)).toEqual([]);
    const item = await readItem(run);
    expect(item).toMatchObject({ archive: { bucket: archive, key: KEY, versionId: await visibleVersion(archive, KEY) } });
    expect(item).not.toHaveProperty('archiving');
  });

  test('told again, later and at once by many, changes nothing more', async () => {
    const { run } = await arrived('the bytes', 'succeeded');
    const body = noticeBody({ run });
    const records = await taken(queue.url, body, body, body, body);
    await Promise.all(records.map((record) => handler(batch(record))));
    const [first, item] = [await versions(archive, KEY), await readItem(run)];
    expect(first).toHaveLength(1);
    expect(await deliver(body, body, body)).toBe(0);
    expect(await versions(archive, KEY)).toEqual(first);
    expect(await readItem(run)).toEqual(item);
  });

  test('before the load is over comes back after a few seconds, and archives then', async () => {
    const { run } = await arrived('the bytes', 'running');
    expect(await deliver(noticeBody({ run }))).toBe(1);
    expect(await versions(inbox, KEY)).toHaveLength(1);
    expect(await take(queue.url)).toEqual([]);
    await changeItem(run, { status: 'succeeded' });
    await sleep(5500);
    expect(await handler(batch(...(await take(queue.url))))).toEqual({ batchItemFailures: [] });
    expect(String(await get(archive, KEY))).toBe('the bytes');
  });

  test('of a run that failed after it archives nothing, and is done', async () => {
    const { run } = await arrived('the bytes', 'failed');
    expect(await deliver(noticeBody({ run }))).toBe(0);
    expect(await versions(archive, KEY)).toEqual([]);
    expect(await versions(inbox, KEY)).toHaveLength(1);
  });

  test('of a version that was replaced meanwhile moves that one alone; both end in the archive', async () => {
    const first = await arrived('first', 'succeeded');
    const second = await arrived('second', 'running', { outcome: 'supersede' });
    await deliver(noticeBody({ run: first.run }));
    expect(await versions(inbox, KEY)).toEqual([second.versionId]);
    await changeItem(second.run, { status: 'succeeded' });
    await deliver(noticeBody({ run: second.run }));
    expect(await versions(inbox, KEY)).toEqual([]);
    const kept = await versions(archive, KEY);
    const texts = kept.map(async (versionId) => String(await getVersion({ bucket: archive, key: KEY, versionId })));
    expect((await Promise.all(texts)).sort()).toEqual(['first', 'second']);
  });

  test('of a file that somebody deleted meanwhile takes it from bronze', async () => {
    const { run, ...file } = await arrived('the bytes', 'succeeded');
    await put(bronze, `transactions/year=2025/month=01/day=02/${KEY}`, 'the bytes');
    await remove(file);
    expect(await deliver(noticeBody({ run }))).toBe(0);
    expect(String(await get(archive, KEY))).toBe('the bytes');
  });

  test('of bytes that are not what was received leaves the file where it is, and comes back', async () => {
    const { run, versionId } = await arrived('the bytes', 'succeeded', { sha256: '0'.repeat(64) });
    expect(await deliver(noticeBody({ run }))).toBe(1);
    expect(await versions(inbox, KEY)).toEqual([versionId]);
    expect(await readItem(run)).not.toHaveProperty('archive');
  });

  test('of a replay leaves the file in the archive and says that it is there', async () => {
    const there = await put(archive, KEY, 'the bytes');
    const { run } = await arrived('the bytes', 'succeeded', { outcome: 'replay' });
    const { bucket, key, versionId, size, sha256 } = there;
    await changeItem(run, { stored: { bucket, key, versionId, size, sha256 } });
    expect(await deliver(noticeBody({ run }))).toBe(0);
    expect(await readItem(run)).toMatchObject({ archive: { bucket, key, versionId } });
    expect(await versions(archive, KEY)).toEqual([versionId]);
  });
});

describe('nothing is archived', () => {
  test.each(['FAILED', 'TIMEOUT', 'STOPPED'])('upon the end of a job as %s', async (state) => {
    const { run } = await arrived('the bytes', 'succeeded');
    expect(await deliver(noticeBody({ run, state }))).toBe(0);
    expect(await versions(archive, KEY)).toEqual([]);
  });

  test('upon the success of an earlier job, nor of a dataset that a step archives', async () => {
    const { run } = await arrived('the bytes', 'succeeded');
    expect(await deliver(noticeBody({ run, job: 'assay-test-bronze-to-silver' }))).toBe(0);
    await changeItem(run, { dataset: 'purchases' });
    expect(await deliver(noticeBody({ run }), noticeBody({ run: 'f'.repeat(64) }))).toBe(0);
    expect(await versions(archive, KEY)).toEqual([]);
  });
});

test("the sweep's word, in place of an event that did not come, is as good", async () => {
  const { run } = await arrived('the bytes', 'succeeded');
  const word = JSON.stringify({ source: 'assay', 'detail-type': 'Archive Left Behind', detail: { run } });
  expect(await deliver(word)).toBe(0);
  expect(await versions(inbox, KEY)).toEqual([]);
});

test('a message that nobody understands goes back alone', async () => {
  const { run } = await arrived('the bytes', 'succeeded');
  const [bad, good] = await taken(queue.url, '{"Type":"Notification"}', noticeBody({ run }));
  const records = [bad, good].flatMap((record) => record ?? []);
  const failed = records.filter(({ body }) => !body.includes('MessageAttributes')).map(({ messageId }) => messageId);
  expect(await handler(batch(...records))).toEqual({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });
  expect(String(await get(archive, KEY))).toBe('the bytes');
});
