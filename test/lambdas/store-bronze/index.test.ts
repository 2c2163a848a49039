import { beforeAll, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/store-bronze/index';
import { createBucket } from '../support/aws';
import { get, getVersion, put, remove, versions, visibleVersion } from '../support/objects';
import { validatedRun } from '../support/runs';

let inbox: string;
let bronze: string;

beforeAll(async () => {
  [inbox, bronze] = await Promise.all([createBucket('inbox'), createBucket('bronze')]);
  process.env['BRONZE_BUCKET'] = bronze;
});

const KEY = 'a b/ü+%20/customer_purchases_20250102.csv';
const BRONZE_KEY = `purchases/year=2025/month=01/day=02/${KEY}`;

describe('store-bronze', () => {
  test('keeps the version byte for byte under dataset and day, and says where', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0d, 0x0a]);
    const run = validatedRun('bronze', await put(inbox, KEY, bytes));
    await put(inbox, KEY, 'a newer version');
    const kept = await handler(run);
    const versionId = await visibleVersion(bronze, BRONZE_KEY);
    const path = `s3://${bronze}/${BRONZE_KEY}`;
    expect(kept).toEqual({ ...run, bronze: { bucket: bronze, key: BRONZE_KEY, versionId, path } });
    expect(await get(bronze, BRONZE_KEY)).toEqual(bytes);
    expect(await handler(run)).toEqual(kept);
    expect(await versions(bronze, BRONZE_KEY)).toEqual([versionId]);
  });

  test('says the version of its own bytes, not of others that lie under the key by then', async () => {
    const first = validatedRun('first', await put(inbox, 'changed.csv', 'first'));
    const second = validatedRun('second', await put(inbox, 'changed.csv', 'second'));
    const { bronze: one } = await handler(first);
    const { bronze: other } = await handler(second);
    expect(one.key).toBe(other.key);
    expect(String(await getVersion(one))).toBe('first');
    expect(String(await getVersion(other))).toBe('second');
  });

  test('keeps released rows beside the file that they are of', async () => {
    const released = await put(inbox, 'releases/fixed.csv', 'fixed');
    const source = { key: KEY, versionId: 'v1', modifiedAt: '2025-01-03T04:05:06.000Z' };
    const run = validatedRun('released', { ...released, outcome: 'release', source });
    const { bronze: kept } = await handler(run);
    expect(kept.key).toBe(`purchases/year=2025/month=01/day=02/releases/${run.runId}.csv`);
    expect(String(await getVersion(kept))).toBe('fixed');
  });

  test('a version that is gone is VersionGone', async () => {
    const file = await put(inbox, 'gone.csv', 'bytes');
    await remove(file);
    await expect(handler(validatedRun('gone', file))).rejects.toMatchObject({ name: 'VersionGone' });
  });

  test('a document that lacks something is refused, naming it', async () => {
    await expect(handler({ ...validatedRun('x'), versionId: undefined })).rejects.toThrow('versionId');
  });
});
