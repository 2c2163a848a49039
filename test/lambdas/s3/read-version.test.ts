import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findVersion, readBeginning } from '../../../lambdas/s3/read-version';
import { createBucket } from '../support/aws';
import { runBundled } from '../support/bundled';
import { serveLargeObject } from '../support/large-object';
import { put, remove } from '../support/objects';

let bucket: string;
beforeAll(async () => {
  bucket = await createBucket('inbox');
});

describe('findVersion', () => {
  test('the named version, or the newest', async () => {
    const old = await put(bucket, 'two.csv', '1');
    const newer = await put(bucket, 'two.csv', '22');
    expect(await findVersion(bucket, 'two.csv', old.versionId)).toMatchObject({ versionId: old.versionId, size: 1 });
    expect(await findVersion(bucket, 'two.csv')).toMatchObject({ versionId: newer.versionId, size: 2 });
  });

  test('undefined where there is none, or no more', async () => {
    const file = await put(bucket, 'gone.csv', '1');
    await remove(file);
    expect(await findVersion(bucket, 'gone.csv', file.versionId)).toBeUndefined();
    expect(await findVersion(bucket, 'never.csv')).toBeUndefined();
  });
});

describe('readBeginning', () => {
  test('no more than asked for, and no more than there is', async () => {
    const file = await put(bucket, 'ten.csv', '0123456789');
    expect(String(await readBeginning(file, 4))).toBe('0123');
    expect(String(await readBeginning(file, 100))).toBe('0123456789');
  });
});

describe('sha256Of', () => {
  test('1 GB, in little memory', async () => {
    const [beginning, size] = ['purchase_id\n', 1024 ** 3];
    const object = await serveLargeObject({ beginning, size, knowsRanges: true });
    onTestFinished(object.close);
    const version = JSON.stringify({ bucket: 'b', key: 'k', versionId: 'v' });
    const code = `import { sha256Of } from './lambdas/s3/read-version'; export default sha256Of(${version})`;
    const { result, peakMegabytes } = await runBundled(code, { AWS_ENDPOINT_URL: object.endpoint });
    const hash = createHash('sha256').update(beginning);
    const megabyte = Buffer.alloc(1024 ** 2, 'x');
    for (let left = size - beginning.length; left > 0; left -= megabyte.length) hash.update(megabyte.subarray(0, left));
    expect(result).toBe(hash.digest('hex'));
    expect(peakMegabytes).toBeLessThanOrEqual(256);
  });
});
