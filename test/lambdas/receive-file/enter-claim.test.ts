import { describe, expect, test } from 'vitest';
import { contentId } from '../../../lambdas/ledger/items';
import { executionNames, readItem } from '../support/aws';
import { get, keys, put, remove, visibleVersion } from '../support/objects';
import { NAME, NOTHING_FAILED, finish, idOf, itemOf, receive, useInbox } from './inbox';

const inbox = useInbox();

describe('the same bytes', () => {
  test('again under the same name, after they were loaded: nothing to do, said so, removed from the inbox', async () => {
    const first = await inbox.putNew(NAME);
    await receive(first);
    await finish(first, 'succeeded');
    const bytes = await get(inbox.bucket, NAME);
    await remove(first);
    const again = await put(inbox.bucket, NAME, bytes);
    expect(await receive(again)).toEqual(NOTHING_FAILED);
    expect(await executionNames(inbox.machine)).toEqual([idOf(first)]);
    const item = await itemOf(again);
    const note = `same bytes as run ${idOf(first)}, received before under the same name; nothing to do`;
    expect(item).toMatchObject({ status: 'skipped', note });
    expect(item).not.toHaveProperty('unsettled');
    expect(await inbox.successes.received()).toEqual([
      {
        subject: 'purchases: nothing to do, same bytes as before',
        message: [
          'Dataset: purchases',
          `File: s3://${inbox.bucket}/${NAME}`,
          `Version: ${again.versionId}`,
          `Run: ${idOf(again)}`,
          `Nothing was loaded: ${note}`,
        ].join('\n'),
        attributes: { dataset: 'purchases', status: 'skipped' },
      },
    ]);
    expect(await keys(inbox.bucket)).toEqual([]);
  });

  test('under another name: a duplicate, not loaded, named in the note', async () => {
    const first = await inbox.putNew(NAME);
    await receive(first);
    await finish(first, 'succeeded');
    const copy = await put(inbox.bucket, 'customer_purchases_20250103.csv', await get(inbox.bucket, NAME));
    await receive(copy);
    expect(await executionNames(inbox.machine)).toEqual([idOf(first)]);
    const note = `same bytes as run ${idOf(first)}, received as ${NAME}; a duplicate, not loaded`;
    expect(await itemOf(copy)).toMatchObject({ status: 'skipped', note, ingestionDate: '2025-01-03' });
    expect((await inbox.successes.received()).map(({ message }) => message)).toEqual([expect.stringContaining(note)]);
    expect(await keys(inbox.bucket)).toEqual([NAME]);
  });

  test('while the first run is under way: skipped, and left in the inbox until that run has archived them', async () => {
    const first = await inbox.putNew(NAME);
    await receive(first);
    const copy = await put(inbox.bucket, `copy/${NAME}`, await get(inbox.bucket, NAME));
    await receive(copy);
    expect(await itemOf(copy)).toMatchObject({ status: 'skipped' });
    expect(await visibleVersion(inbox.bucket, `copy/${NAME}`)).toBe(copy.versionId);
    expect(await readItem(contentId('purchases', first.sha256))).toMatchObject({ copies: new Set([idOf(copy)]) });
  });

  test('after a run with them failed: claimed anew, and the failed file may go with the new one', async () => {
    const failed = await inbox.putNew(NAME);
    await receive(failed);
    await finish(failed, 'failed');
    const again = await put(inbox.bucket, NAME, await get(inbox.bucket, NAME));
    await receive(again);
    expect((await executionNames(inbox.machine)).sort()).toEqual([idOf(failed), idOf(again)].sort());
    expect(await readItem(contentId('purchases', again.sha256))).toMatchObject({
      runId: idOf(again),
      versionId: again.versionId,
      status: 'claimed',
      copies: new Set([idOf(failed)]),
    });
  });

  test('ten copies at once: one execution, nine skipped', async () => {
    const bytes = `purchase_id\nten ${Math.random()}\n`;
    const names = Array.from({ length: 10 }, (_, index) => `${index}/${NAME}`);
    const files = await Promise.all(names.map((key) => put(inbox.bucket, key, bytes)));
    const outcomes = await Promise.all(files.map((file) => receive(file)));
    expect(outcomes).toEqual(Array(10).fill(NOTHING_FAILED));
    expect(await executionNames(inbox.machine)).toHaveLength(1);
    const statuses = await Promise.all(files.map(async (file) => (await itemOf(file))?.['status']));
    expect(statuses.toSorted()).toEqual(['running', ...Array<string>(9).fill('skipped')]);
    expect(await inbox.successes.received()).toHaveLength(9);
  });

  test('new bytes under an old name start a run of their own', async () => {
    const first = await inbox.putNew(NAME);
    await receive(first);
    await finish(first, 'succeeded');
    const second = await inbox.putNew(NAME);
    await receive(second);
    expect((await executionNames(inbox.machine)).sort()).toEqual([idOf(first), idOf(second)].sort());
  });
});
