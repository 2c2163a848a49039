import { describe, expect, test } from 'vitest';
import { contentId, nameId } from '../../../lambdas/ledger/items';
import { executionInput, executionNames, readItem } from '../support/aws';
import { get, getVersion, keys, put, remove, visibleVersion, type PutVersion } from '../support/objects';
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
    expect(item).toMatchObject({ status: 'skipped', outcome: 'skip', note });
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
    expect(await itemOf(copy)).toMatchObject({ status: 'skipped', outcome: 'duplicate', note, ingestionDate: '2025-01-03' });
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
});

describe('new bytes under an old name', () => {
  const outcomes = (files: PutVersion[]) => Promise.all(files.map(async (file) => (await itemOf(file))?.['outcome']));
  const newest = async () => (await readItem(nameId({ bucket: inbox.bucket, key: NAME })))?.['runId'];

  /** A file that is loaded and has left the inbox, as after its run. */
  async function load(content: string): Promise<PutVersion> {
    const file = await put(inbox.bucket, NAME, content);
    await receive(file);
    await finish(file, 'succeeded');
    await remove(file);
    return file;
  }

  test('supersede what is there or on its way, and not what failed', async () => {
    const files = [await inbox.putNew(NAME), await inbox.putNew(NAME), await inbox.putNew(NAME)];
    const [first, second, third] = files as [PutVersion, PutVersion, PutVersion];
    await receive(first);
    await finish(first, 'failed');
    await receive(second);
    await receive(third);
    expect(await outcomes(files)).toEqual(['load', 'load', 'supersede']);
    expect(await newest()).toBe(idOf(third));
    expect(await executionInput(inbox.machine, idOf(third))).toMatchObject({ outcome: 'supersede' });
  });

  test('A, then B, then A again: A is loaded again', async () => {
    const [one, other] = [`purchase_id\n${Math.random()}\n`, `purchase_id\n${Math.random()}\n`];
    const files = [await load(one), await load(other), await load(one)];
    expect(await outcomes(files)).toEqual(['load', 'supersede', 'supersede']);
    expect((await executionNames(inbox.machine)).sort()).toEqual(files.map(idOf).sort());
    expect(await readItem(contentId('purchases', files[0]?.sha256 ?? ''))).toMatchObject({
      runId: idOf(files[2] as PutVersion),
    });
  });

  test('A, then B that fails, then A again: A is still there, nothing to do', async () => {
    const first = await load('purchase_id\nstill there\n');
    const failed = await inbox.putNew(NAME);
    await receive(failed);
    await finish(failed, 'failed');
    const again = await put(inbox.bucket, NAME, 'purchase_id\nstill there\n');
    await receive(again);
    expect(await itemOf(again)).toMatchObject({ status: 'skipped', outcome: 'skip' });
    expect(await executionNames(inbox.machine)).not.toContain(idOf(again));
    expect(await newest()).toBe(idOf(failed));
    expect(first.sha256).toBe(again.sha256);
  });

  test('bytes of a version that was replaced are loaded again under another name', async () => {
    const [one, other] = [await inbox.putNew(NAME), await inbox.putNew(NAME)];
    const bytes = await getVersion(one);
    for (const file of [one, other]) {
      await receive(file);
      await finish(file, 'succeeded');
    }
    const renamed = await put(inbox.bucket, `renamed/${NAME}`, bytes);
    await receive(renamed);
    expect(await itemOf(renamed)).toMatchObject({ status: 'running', outcome: 'load' });
    expect(await executionNames(inbox.machine)).toContain(idOf(renamed));
  });

  test('an older version whose event comes later replaces nothing and stays the older one', async () => {
    const [one, other] = [await inbox.putNew(NAME), await inbox.putNew(NAME)];
    await receive(other);
    await finish(other, 'succeeded');
    await receive(one);
    expect(await outcomes([one, other])).toEqual(['load', 'load']);
    expect(await newest()).toBe(idOf(other));
    expect(await executionInput(inbox.machine, idOf(one))).toMatchObject({ versionId: one.versionId });
  });
});
