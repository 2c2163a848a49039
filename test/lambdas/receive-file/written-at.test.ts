import { beforeAll, describe, expect, test } from 'vitest';
import { runIdOf } from '../../../contracts/run-id';
import type { NameItem } from '../../../lambdas/ledger/items';
import { afterGone, writtenAt } from '../../../lambdas/receive-file/written-at';
import { removeVersion } from '../../../lambdas/s3/remove-version';
import { findVersion, type FoundVersion } from '../../../lambdas/s3/read-version';
import { createBucket } from '../support/aws';
import { put, type PutVersion } from '../support/objects';

let bucket: string;
let number = 0;
beforeAll(async () => {
  bucket = await createBucket('inbox');
});

/** Versions of one key that were all written in one second. */
async function inOneSecond(count: number): Promise<FoundVersion[]> {
  for (;;) {
    const key = `${(number += 1)}.csv`;
    await new Promise((wake) => setTimeout(wake, 1000 - (Date.now() % 1000)));
    const files: PutVersion[] = [];
    for (let version = 1; version <= count; version += 1) files.push(await put(bucket, key, `${version}`));
    const found = await Promise.all(files.map(({ versionId }) => findVersion(bucket, key, versionId)));
    const versions = found.filter((version) => version !== undefined);
    if (new Set(versions.map(({ lastModified }) => lastModified.slice(0, 19))).size === 1) return versions;
  }
}

describe('the time of a version', () => {
  test('keeps the order of versions within one second', async () => {
    const versions = await inOneSecond(4);
    await put(bucket, `${versions[0]?.key}.other`, 'of another key');
    const times = await Promise.all(versions.map(writtenAt));
    const second = versions[0]?.lastModified.slice(0, 19);
    expect(times).toEqual(['000', '001', '002', '003'].map((place) => `${second}.${place}Z`));
  });

  test('is the second alone where the earlier versions came before it', async () => {
    const key = `${(number += 1)}.csv`;
    await put(bucket, key, 'early');
    await new Promise((wake) => setTimeout(wake, 1100));
    const { versionId } = await put(bucket, key, 'late');
    const version = (await findVersion(bucket, key, versionId)) as FoundVersion;
    expect(await writtenAt(version)).toBe(`${version.lastModified.slice(0, 19)}.000Z`);
  });
});

describe('the time of a version after another that has left the inbox', () => {
  const claimedAs = ({ bucket, key, versionId }: FoundVersion, lastModified: string): NameItem => {
    return { id: 'name', runId: runIdOf(bucket, key, versionId), versionId, lastModified };
  };
  const timed = async (version: FoundVersion) => ({ ...version, lastModified: await writtenAt(version) });

  test('is later than that one’s, though both came in one second', async () => {
    const [one, other] = (await inOneSecond(2)) as [FoundVersion, FoundVersion];
    const first = await timed(one);
    await removeVersion(first);
    const second = await timed(other);
    expect(second.lastModified).toBe(first.lastModified);
    const later = await afterGone(second, claimedAs(first, first.lastModified));
    expect(later).toBe(first.lastModified.replace('.000Z', '.001Z'));
  });

  test('stays earlier where that one was the later of both', async () => {
    const [one, other] = (await inOneSecond(2)) as [FoundVersion, FoundVersion];
    const second = await timed(other);
    await removeVersion(second);
    const first = await timed(one);
    expect(await afterGone(first, claimedAs(second, second.lastModified))).toBe(first.lastModified);
  });

  test('is its own where the other came in another second, or is itself, or none is known', async () => {
    const [version] = (await inOneSecond(1)) as [FoundVersion];
    const { lastModified } = await timed(version);
    const other = { ...version, versionId: 'other' };
    const names = [undefined, claimedAs(version, lastModified), claimedAs(other, lastModified.replace(/^2\d{3}/, '2999'))];
    for (const name of names) expect(await afterGone({ ...version, lastModified }, name)).toBe(lastModified);
  });
});
