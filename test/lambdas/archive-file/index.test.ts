import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRun } from '../../../contracts/run';
import { handler } from '../../../lambdas/archive-file/index';
import { createBucket } from '../support/aws';
import { get, keys, put, remove, versions, visibleVersion, type PutVersion } from '../support/objects';
import { storedRun } from '../support/runs';

let inbox: string;
let bronze: string;
let archive: string;

const KEY = 'daily drop/customer_purchases_20250102.csv';
const ARCHIVE_KEY = `kept/purchases/year=2025/month=01/day=02/${KEY}`;

const archiveFile = (run: StoredRun) => handler({ run, prefix: 'kept/purchases' });

async function runOf(file: PutVersion, inBronze = 'the bytes') {
  const { key, versionId } = await put(bronze, 'in bronze.csv', inBronze);
  return storedRun('archived', { ...file, bronze: { bucket: bronze, key, versionId, path: `s3://${bronze}/${key}` } });
}

beforeAll(async () => {
  bronze = await createBucket('bronze');
});
beforeEach(async () => {
  [inbox, archive] = await Promise.all([createBucket('inbox'), createBucket('archive')]);
  process.env['ARCHIVE_BUCKET'] = archive;
});

describe('archive-file', () => {
  test('moves the version into the archive, by day, and says where', async () => {
    const run = await runOf(await put(inbox, KEY, 'the bytes'));
    const archived = await archiveFile(run);
    const versionId = await visibleVersion(archive, ARCHIVE_KEY);
    expect(archived).toEqual({ ...run, archive: { bucket: archive, key: ARCHIVE_KEY, versionId } });
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
    expect(await versions(inbox, KEY)).toEqual([]);
  });

  test('leaves a newer version in sight', async () => {
    const run = await runOf(await put(inbox, KEY, 'the bytes'));
    const newer = await put(inbox, KEY, 'newer');
    await archiveFile(run);
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
    expect(await visibleVersion(inbox, KEY)).toBe(newer.versionId);
  });

  test('tried again after it had already finished, it finishes again', async () => {
    const run = await runOf(await put(inbox, KEY, 'the bytes'));
    const answer = await archiveFile(run);
    expect(await archiveFile(run)).toEqual(answer);
    expect(await versions(archive, ARCHIVE_KEY)).toHaveLength(1);
  });

  test('keeps other bytes that the archive has under the key, as an older version', async () => {
    await put(archive, ARCHIVE_KEY, 'an earlier file');
    await archiveFile(await runOf(await put(inbox, KEY, 'the bytes')));
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
    expect(await versions(archive, ARCHIVE_KEY)).toHaveLength(2);
  });

  test('takes the bytes from bronze when somebody deleted the file during the run', async () => {
    const file = await put(inbox, KEY, 'the bytes');
    const run = await runOf(file);
    await remove(file);
    await archiveFile(run);
    expect(String(await get(archive, ARCHIVE_KEY))).toBe('the bytes');
  });

  test('with the file deleted and other bytes in bronze: ChecksumMismatch, nothing passed off as archived', async () => {
    const file = await put(inbox, KEY, 'the bytes');
    const run = await runOf(file, 'of others');
    await remove(file);
    await expect(archiveFile(run)).rejects.toMatchObject({ name: 'ChecksumMismatch' });
  });

  test('of a replay, leaves the file in the archive and says that it is there', async () => {
    const file = await put(archive, ARCHIVE_KEY, 'the bytes');
    await put(archive, ARCHIVE_KEY, 'a later file');
    const source = { key: KEY, versionId: 'gone', modifiedAt: '2025-01-03T04:05:06.000Z' };
    const run = { ...(await runOf(file)), outcome: 'replay' as const, source };
    const { bucket, key, versionId } = file;
    expect(await archiveFile(run)).toEqual({ ...run, archive: { bucket, key, versionId } });
    expect(await versions(archive, ARCHIVE_KEY)).toHaveLength(2);
    expect(await keys(archive)).toEqual([ARCHIVE_KEY]);
  });

  test('moves released rows out of quarantine, beside the file that they are of', async () => {
    const quarantine = await createBucket('quarantine');
    const file = await put(quarantine, 'releases/purchases/fixed.csv', 'the bytes');
    const source = { key: KEY, versionId: 'v1', modifiedAt: '2025-01-03T04:05:06.000Z' };
    const run = { ...(await runOf(file)), outcome: 'release' as const, source };
    const place = `kept/purchases/year=2025/month=01/day=02/releases/${run.runId}.csv`;
    const { archive: kept } = await archiveFile(run);
    expect(kept).toEqual({ bucket: archive, key: place, versionId: await visibleVersion(archive, place) });
    expect(String(await get(archive, place))).toBe('the bytes');
    expect(await versions(quarantine, file.key)).toEqual([]);
    expect(await archiveFile(run)).toEqual({ ...run, archive: kept });
  });

  test('leaves the file in the inbox when the copy is not what was received', async () => {
    const file = await put(inbox, KEY, 'the bytes');
    const run = { ...(await runOf(file)), sha256: '0'.repeat(64) };
    await expect(archiveFile(run)).rejects.toMatchObject({ name: 'ChecksumMismatch' });
    expect(await visibleVersion(inbox, KEY)).toBe(file.versionId);
  });
});
