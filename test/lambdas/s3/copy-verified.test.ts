import { randomBytes } from 'node:crypto';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyInParts, partRanges } from '../../../lambdas/s3/copy-in-parts';
import { copyVerified } from '../../../lambdas/s3/copy-verified';
import { createBucket, s3 } from '../support/aws';
import { get, keys, put, remove, versions } from '../support/objects';

let inbox: string;
let bronze: string;

beforeAll(async () => {
  [inbox, bronze] = await Promise.all([createBucket('inbox'), createBucket('bronze')]);
});

const AWKWARD_KEYS = [
  'a b.csv',
  'a+b.csv',
  'a%20b.csv',
  '100%.csv',
  'ünï/日本/ä€.csv',
  "o'reilly (1) [2] {3}.csv",
  'question?versionId=x&y=z#hash.csv',
  'back\\slash;semi,comma.csv',
];

describe('copyVerified', () => {
  test.each(AWKWARD_KEYS)('copies %s, byte for byte', async (key) => {
    const bytes = randomBytes(1000);
    await copyVerified(await put(inbox, key, bytes), { bucket: bronze, key: `copies/${key}` });
    expect(await get(bronze, `copies/${key}`)).toEqual(bytes);
  });

  test('copies the version that is named, not the newest', async () => {
    const old = await put(inbox, 'twice.csv', 'old');
    await put(inbox, 'twice.csv', 'new');
    await copyVerified(old, { bucket: bronze, key: 'twice.csv' });
    expect(String(await get(bronze, 'twice.csv'))).toBe('old');
  });

  test('does nothing where the same bytes are already, also when the original is gone', async () => {
    const file = await put(inbox, 'again.csv', 'bytes');
    await copyVerified(file, { bucket: bronze, key: 'again.csv' });
    await remove(file);
    await copyVerified(file, { bucket: bronze, key: 'again.csv' });
    expect(await versions(bronze, 'again.csv')).toHaveLength(1);
  });

  test('replaces other bytes of the same size', async () => {
    await put(bronze, 'other.csv', 'aaaa');
    await copyVerified(await put(inbox, 'other.csv', 'bbbb'), { bucket: bronze, key: 'other.csv' });
    expect(String(await get(bronze, 'other.csv'))).toBe('bbbb');
    expect(await versions(bronze, 'other.csv')).toHaveLength(2);
  });

  test('a version that is gone is VersionGone, naming it', async () => {
    const file = await put(inbox, 'gone.csv', 'bytes');
    await remove(file);
    const copy = copyVerified(file, { bucket: bronze, key: 'gone.csv' });
    await expect(copy).rejects.toMatchObject({ name: 'VersionGone', kind: 'terminal' });
    await expect(copy).rejects.toThrow(`version ${file.versionId} of s3://${inbox}/gone.csv`);
  });

  test('a missing bucket is no fault of the file', async () => {
    const file = await put(inbox, 'here.csv', 'bytes');
    await expect(copyVerified(file, { bucket: 'no-such-bucket', key: 'k' })).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('bytes other than those received are ChecksumMismatch', async () => {
    const file = { ...(await put(inbox, 'changed.csv', 'bytes')), sha256: '0'.repeat(64) };
    await expect(copyVerified(file, { bucket: bronze, key: 'changed.csv' })).rejects.toMatchObject({
      name: 'ChecksumMismatch',
      kind: 'terminal',
    });
  });

  test('an empty file is copied too', async () => {
    await copyVerified(await put(inbox, 'empty.csv', ''), { bucket: bronze, key: 'empty.csv' });
    expect(await get(bronze, 'empty.csv')).toHaveLength(0);
  });

  test('in parts when it is too large for one copy', async () => {
    const bytes = randomBytes(100_000);
    await copyVerified(await put(inbox, 'large ä+.csv', bytes), { bucket: bronze, key: 'large ä+.csv' }, 50_000);
    expect(await get(bronze, 'large ä+.csv')).toEqual(bytes);
  });
});

describe('copyInParts', () => {
  test('puts more parts together than are under way at once, in their order', async () => {
    const partBytes = 5 * 1024 ** 2;
    const bytes = randomBytes(9 * partBytes + 1);
    const file = await put(inbox, 'parts.csv', bytes);
    await copyInParts(file, { bucket: bronze, key: 'parts.csv' }, partBytes);
    expect((await get(bronze, 'parts.csv')).equals(bytes)).toBe(true);
  });

  test('leaves nothing behind when it fails', async () => {
    const file = await put(inbox, 'lost.csv', 'bytes');
    await remove(file);
    await expect(copyInParts(file, { bucket: bronze, key: 'lost.csv' })).rejects.toThrow();
    expect(await keys(bronze)).not.toContain('lost.csv');
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bronze }));
    expect(Uploads).toEqual([]);
  });

  test('part ranges meet without gap or overlap', () => {
    expect(partRanges(10, 4)).toEqual(['bytes=0-3', 'bytes=4-7', 'bytes=8-9']);
    expect(partRanges(8, 4)).toEqual(['bytes=0-3', 'bytes=4-7']);
    expect(partRanges(1, 4)).toEqual(['bytes=0-0']);
  });
});
