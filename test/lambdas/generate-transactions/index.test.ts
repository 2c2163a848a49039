import { beforeEach, expect, test } from 'vitest';
import { runIdOf } from '../../../contracts/run-id';
import { fileOfDay } from '../../../lambdas/generate-transactions/day-file';
import { handler } from '../../../lambdas/generate-transactions/index';
import { changeItem, createBucket, createLedger } from '../support/aws';
import { get, put, versions } from '../support/objects';

const { key, content } = fileOfDay('2026-01-01');
let inbox: string;

beforeEach(async () => {
  await createLedger();
  inbox = await createBucket('inbox');
  process.env['INBOX_BUCKET'] = inbox;
});

test('writes the day into the inbox, and again nothing where it lies there', async () => {
  const written = await handler({ scheduledAt: '2026-01-02T01:07:00Z' });
  expect(written).toEqual({ bucket: inbox, key, versionId: (await versions(inbox, key))[0], isNew: true });
  expect(String(await get(inbox, key))).toBe(content);
  expect(await handler({ day: '2026-01-01' })).toEqual({ ...written, isNew: false });
  expect(await versions(inbox, key)).toHaveLength(1);
});

test('writes a version of its own where other bytes lie there, or where the run of these has failed', async () => {
  await put(inbox, key, 'other bytes');
  const { versionId } = await handler({ day: '2026-01-01' });
  await changeItem(runIdOf(inbox, key, versionId), {
    ...{ dataset: 'transactions', bucket: inbox, key, versionId, status: 'failed', startedAt: '2026-01-02T00:00:00.000Z' },
  });
  const again = await handler({ day: '2026-01-01' });
  expect(again.isNew).toBe(true);
  expect(await versions(inbox, key)).toHaveLength(3);
});

test.each([[{ day: '2026-02-30' }], [{ day: '9999-01-01' }], [{}]])('refuses %j', async (event) => {
  await expect(handler(event)).rejects.toThrow();
  expect(await versions(inbox, key)).toEqual([]);
});
