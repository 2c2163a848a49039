import { expect, test } from 'vitest';
import { listInbox } from '../../../lambdas/sweep-inbox/list-inbox';
import { createBucket } from '../support/aws';
import { put, type PutVersion } from '../support/objects';

test('an inbox of more than a page is listed whole, each file once, in its newest version', async () => {
  const bucket = await createBucket('inbox');
  const names = Array.from({ length: 1_005 }, (_, index) => `${String(index).padStart(4, '0')}.csv`);
  await put(bucket, '0003.csv', 'old');
  const files: PutVersion[] = [];
  while (files.length < names.length) {
    const some = names.slice(files.length, files.length + 50);
    files.push(...(await Promise.all(some.map((name) => put(bucket, name, name)))));
  }
  const listed: string[] = [];
  for await (const { key, versionId, size } of listInbox(bucket)) listed.push(`${key} ${versionId} ${size}`);
  expect(listed).toEqual(files.map(({ key, versionId, size }) => `${key} ${versionId} ${size}`));
});
