import { beforeAll, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/store-bronze/index';
import { createBucket } from '../support/aws';
import { get, put, remove, versions } from '../support/objects';
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
    expect(await handler(run)).toEqual({
      ...run,
      bronze: { bucket: bronze, key: BRONZE_KEY, path: `s3://${bronze}/${BRONZE_KEY}` },
    });
    expect(await get(bronze, BRONZE_KEY)).toEqual(bytes);
    await handler(run);
    expect(await versions(bronze, BRONZE_KEY)).toHaveLength(1);
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
