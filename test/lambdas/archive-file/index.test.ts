import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/archive-file/index';
import { createBucket } from '../support/aws';
import { get, keys, put, remove, versions, visibleVersion, type PutVersion } from '../support/objects';
import { storedRun } from '../support/runs';

let inbox: string;
let bronze: string;
let archive: string;

const KEY = 'daily drop/customer_purchases_20250102.csv';
const ARCHIVE_KEY = `kept/purchases/year=2025/month=01/day=02/${KEY}`;

async function runOf(file: PutVersion, inBronze = 'the bytes') {
  await put(bronze, 'in bronze.csv', inBronze);
  const place = { bucket: bronze, key: 'in bronze.csv', path: `s3://${bronze}/in bronze.csv` };
  return storedRun('archived', { ...file, bronze: place });
}

beforeAll(async () => {
  bronze = await createBucket('bronze');
});
beforeEach(async () => {
  [inbox, archive] = await Promise.all([createBucket('inbox'), createBucket('archive')]);
  process.env['ARCHIVE_BUCKET'] = archive;
  process.env['ARCHIVE_PREFIXES'] = JSON.stringify({ purchases: 'kept/purchases' });
});

describe('archive-file', () => {
  test('moves the version into the archive, by day, and says where', async () => {
    const run = await runOf(await put(inbox, KEY, 'the bytes'));
    expect(await handler(run)).toEqual({ ...run, archivedTo: `s3://${archive}/${ARCHIVE_KEY}` });
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
    expect(await versions(inbox, KEY)).toEqual([]);
  });

  test('uses the dataset’s name where the contract has no prefix', async () => {
    process.env['ARCHIVE_PREFIXES'] = '{}';
    await handler(await runOf(await put(inbox, KEY, 'the bytes')));
    expect(await keys(archive)).toEqual([`purchases/year=2025/month=01/day=02/${KEY}`]);
  });

  test('leaves a newer version in sight', async () => {
    const run = await runOf(await put(inbox, KEY, 'the bytes'));
    const newer = await put(inbox, KEY, 'newer');
    await handler(run);
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
    expect(await visibleVersion(inbox, KEY)).toBe(newer.versionId);
  });

  test('tried again after it had already finished, it finishes again', async () => {
    const run = await runOf(await put(inbox, KEY, 'the bytes'));
    const answer = await handler(run);
    expect(await handler(run)).toEqual(answer);
    expect(await versions(archive, ARCHIVE_KEY)).toHaveLength(1);
  });

  test('keeps other bytes that the archive has under the key, as an older version', async () => {
    await put(archive, ARCHIVE_KEY, 'an earlier file');
    await handler(await runOf(await put(inbox, KEY, 'the bytes')));
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
    expect(await versions(archive, ARCHIVE_KEY)).toHaveLength(2);
  });

  test('takes the bytes from bronze when somebody deleted the file during the run', async () => {
    const file = await put(inbox, KEY, 'the bytes');
    const run = await runOf(file);
    await remove(file);
    await handler(run);
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
  });

  test('with the file deleted and other bytes in bronze: ChecksumMismatch, nothing passed off as archived', async () => {
    const file = await put(inbox, KEY, 'the bytes');
    const run = await runOf(file, 'of others');
    await remove(file);
    await expect(handler(run)).rejects.toMatchObject({ name: 'ChecksumMismatch' });
  });

  test('leaves the file in the inbox when the copy is not what was received', async () => {
    const file = await put(inbox, KEY, 'the bytes');
    const run = { ...(await runOf(file)), sha256: '0'.repeat(64) };
    await expect(handler(run)).rejects.toMatchObject({ name: 'ChecksumMismatch' });
    expect(await visibleVersion(inbox, KEY)).toBe(file.versionId);
  });
});
