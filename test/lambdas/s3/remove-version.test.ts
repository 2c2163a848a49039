import { beforeAll, describe, expect, test } from 'vitest';
import { removeVersion } from '../../../lambdas/s3/remove-version';
import { createBucket } from '../support/aws';
import { put, versions, visibleVersion } from '../support/objects';

let inbox: string;

beforeAll(async () => {
  inbox = await createBucket('inbox');
});

describe('removeVersion', () => {
  test('removes the version for good, not under a delete marker', async () => {
    await removeVersion(await put(inbox, 'one.csv', '1'));
    expect(await versions(inbox, 'one.csv')).toEqual([]);
  });

  test('a newer version stays in sight', async () => {
    const old = await put(inbox, 'newer.csv', '1');
    const newer = await put(inbox, 'newer.csv', '2');
    await removeVersion(old);
    expect(await visibleVersion(inbox, 'newer.csv')).toBe(newer.versionId);
    expect(await versions(inbox, 'newer.csv')).toEqual([newer.versionId]);
  });

  test('an older version, which failed, does not come back into sight, and is kept', async () => {
    const failed = await put(inbox, 'older.csv', '1');
    await removeVersion(await put(inbox, 'older.csv', '2'));
    expect(await visibleVersion(inbox, 'older.csv')).toBeUndefined();
    expect(await versions(inbox, 'older.csv')).toEqual([failed.versionId]);
  });

  test('a version that arrives after that is in sight again', async () => {
    await put(inbox, 'later.csv', '1');
    await removeVersion(await put(inbox, 'later.csv', '2'));
    const later = await put(inbox, 'later.csv', '3');
    expect(await visibleVersion(inbox, 'later.csv')).toBe(later.versionId);
  });

  test('leaves a key alone of which its own is a prefix', async () => {
    const longer = await put(inbox, 'prefix.csv.bak', '1');
    await removeVersion(await put(inbox, 'prefix.csv', '2'));
    expect(await visibleVersion(inbox, 'prefix.csv.bak')).toBe(longer.versionId);
  });

  test('a second time it changes nothing', async () => {
    const file = await put(inbox, 'again.csv', '1');
    await put(inbox, 'again.csv', '0');
    await removeVersion(file);
    await removeVersion(file);
    expect(await versions(inbox, 'again.csv')).toHaveLength(1);
    expect(await visibleVersion(inbox, 'again.csv')).toBeDefined();
  });
});
