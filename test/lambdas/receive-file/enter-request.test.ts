import { beforeAll, describe, expect, test } from 'vitest';
import { requestedRunIdOf } from '../../../contracts/run-id';
import { handler } from '../../../lambdas/receive-file/index';
import { batch, messageOf } from '../support/arrivals';
import { changeItem, createBucket, executionInput, executionNames, readItem } from '../support/aws';
import { put, remove, type PutVersion } from '../support/objects';
import { NAME, NOTHING_FAILED, finish, idOf, itemOf, receive, useInbox } from './inbox';

const inbox = useInbox();
let archive: string;
beforeAll(async () => {
  archive = await createBucket('archive');
});

/** A file that was loaded and is in the archive, not in the inbox. */
async function load(): Promise<PutVersion> {
  const file = await inbox.putNew(NAME);
  await receive(file);
  const kept = { bucket: archive, key: `p/${NAME}`, versionId: 'a1' };
  await changeItem(idOf(file), {
    archive: kept,
    leaseUntil: 1,
    rows: { read: 3, published: 1, quarantined: 2, deduplicated: 0 },
  });
  await finish(file, 'succeeded');
  await remove(file);
  return file;
}

const ask = async (type: string, detail: object, id: string) => {
  expect(await handler(batch(messageOf(type, detail, id)))).toEqual(NOTHING_FAILED);
};
const laterRuns = async (file: PutVersion) => (await executionNames(inbox.machine)).filter((name) => name !== idOf(file));
const when = expect.stringMatching(/^\d{4}-.*Z$/) as string;

describe('a replay', () => {
  test('reads the bytes from the archive and is about the file that came in, under the contract of today', async () => {
    const file = await load();
    const routes = process.env['ROUTES'] ?? '';
    process.env['ROUTES'] = routes.replace('"1.0.0"', '"1.2.0"');
    await ask('Replay Requested', { run: idOf(file) }, 'once');
    const id = requestedRunIdOf(idOf(file), 'once');
    expect(await laterRuns(file)).toEqual([id]);
    const started = await executionInput(inbox.machine, id);
    const { lastModified } = (await itemOf(file)) ?? {};
    expect(started).toEqual({
      runId: id,
      dataset: 'purchases',
      outcome: 'replay',
      source: { key: NAME, versionId: file.versionId, modifiedAt: lastModified },
      bucket: archive,
      key: `p/${NAME}`,
      versionId: 'a1',
      size: file.size,
      sha256: file.sha256,
      format: 'csv',
      ingestionDate: '2025-01-02',
      year: '2025',
      month: '01',
      day: '02',
      path: `s3://${archive}/p/${NAME}`,
      contractVersion: '1.2.0',
    });
    const { executionArn, leaseUntil, ...item } = (await readItem(id)) ?? {};
    expect([executionArn, leaseUntil]).toEqual([expect.stringContaining(id), expect.any(Number)]);
    expect(item).toEqual({
      id,
      dataset: 'purchases',
      ...file,
      lastModified,
      ingestionDate: '2025-01-02',
      contractVersion: '1.2.0',
      format: 'csv',
      outcome: 'replay',
      of: idOf(file),
      stored: { bucket: archive, key: `p/${NAME}`, versionId: 'a1', size: file.size, sha256: file.sha256 },
      status: 'running',
      startedAt: when,
    });
  });

  test('asked for once, delivered often, also at once: one run; asked for again: another', async () => {
    const file = await load();
    const request = () => handler(batch(messageOf('Replay Requested', { run: idOf(file) }, 'mine')));
    const answers = await Promise.all([request(), request(), request()]);
    expect([...answers, await request()]).toEqual(Array(4).fill(NOTHING_FAILED));
    expect(await laterRuns(file)).toEqual([requestedRunIdOf(idOf(file), 'mine')]);
    await ask('Replay Requested', { run: idOf(file) }, 'another');
    expect(await laterRuns(file)).toHaveLength(2);
  });

  test('of a replay is one of the file that this repeated', async () => {
    const file = await load();
    await ask('Replay Requested', { run: idOf(file) }, 'first');
    await ask('Replay Requested', { run: requestedRunIdOf(idOf(file), 'first') }, 'second');
    const second = requestedRunIdOf(idOf(file), 'second');
    expect(await readItem(second)).toMatchObject({ status: 'running', of: idOf(file), outcome: 'replay' });
    expect(await laterRuns(file)).toContain(second);
  });

  test('leaves the file in force: its bytes are still known, a replay of it is still possible', async () => {
    const file = await load();
    await ask('Replay Requested', { run: idOf(file) }, 'lost');
    await changeItem(requestedRunIdOf(idOf(file), 'lost'), { status: 'failed' });
    await ask('Replay Requested', { run: idOf(file) }, 'found');
    expect(await readItem(requestedRunIdOf(idOf(file), 'found'))).toMatchObject({ status: 'running' });
  });

  test.each([
    ['failed', async (file: PutVersion) => finish(file, 'failed'), 'it is failed'],
    ['is under way', async (file: PutVersion) => changeItem(idOf(file), { status: 'running' }), 'it is running'],
    ['was replaced', async () => receive(await inbox.putNew(NAME)), 'a newer version of the file has taken its place'],
  ])('of a run that %s is refused, recorded and told once', async (_, change, why) => {
    const file = await load();
    await change(file);
    const runs = await executionNames(inbox.machine);
    await ask('Replay Requested', { run: idOf(file) }, 'late');
    await ask('Replay Requested', { run: idOf(file) }, 'late');
    expect(await executionNames(inbox.machine)).toEqual(runs);
    const id = requestedRunIdOf(idOf(file), 'late');
    const cause = `run ${idOf(file)} of ${NAME} did not bring what is in the tables: ${why}; name the run that did`;
    const item = await readItem(id);
    expect(item).toMatchObject({ status: 'failed', of: idOf(file), error: { name: 'NotInForce', cause, step: 'ReceiveFile' } });
    expect(item).not.toHaveProperty('unsettled');
    const [message, ...others] = await inbox.failures.received();
    expect(others).toEqual([]);
    expect(message?.attributes).toMatchObject({ dataset: 'purchases', error: 'NotInForce' });
    expect(message?.message.split('\n')).toEqual(expect.arrayContaining([`Run: ${id}`, `Cause: ${cause}`]));
  });

  test('of a file whose newer version failed is none of what is replaced: it runs', async () => {
    const file = await load();
    const newer = await inbox.putNew(NAME);
    await receive(newer);
    await finish(newer, 'failed');
    await ask('Replay Requested', { run: idOf(file) }, 'still there');
    expect(await laterRuns(file)).toContain(requestedRunIdOf(idOf(file), 'still there'));
  });

  test('of a run that nobody knows goes back to the queue', async () => {
    const message = messageOf('Replay Requested', { run: 'f'.repeat(64) });
    expect(await handler(batch(message))).toEqual({ batchItemFailures: [{ itemIdentifier: message.messageId }] });
  });
});

describe('a release', () => {
  test('reads the rows from the file that holds them, and is about the file that they are of', async () => {
    const file = await load();
    const { size, sha256, ...fixed } = await put(inbox.quarantine, 'releases/fixed.csv', '_row,purchase_id\n2,7\n');
    await ask('Release Requested', { run: idOf(file), file: fixed }, 'once');
    const id = requestedRunIdOf(idOf(file), 'once');
    expect(await laterRuns(file)).toEqual([id]);
    expect(await executionInput(inbox.machine, id)).toMatchObject({
      runId: id,
      outcome: 'release',
      source: { key: NAME, versionId: file.versionId },
      ...fixed,
      size,
      sha256,
      ingestionDate: '2025-01-02',
      path: `s3://${inbox.quarantine}/releases/fixed.csv`,
    });
    const item = await readItem(id);
    expect(item).toMatchObject({ ...file, outcome: 'release', of: idOf(file), stored: { ...fixed, size, sha256 } });
    expect(item).not.toHaveProperty('rows');
  });

  test('delivered again after its file was moved on: nothing happens', async () => {
    const file = await load();
    const fixed = await put(inbox.quarantine, 'releases/moved.csv', '_row\n');
    const { bucket, key, versionId } = fixed;
    const detail = { run: idOf(file), file: { bucket, key, versionId } };
    await ask('Release Requested', detail, 'once');
    await changeItem(requestedRunIdOf(idOf(file), 'once'), { status: 'succeeded' });
    await remove(fixed);
    await ask('Release Requested', detail, 'once');
    expect(await laterRuns(file)).toHaveLength(1);
    expect(await inbox.failures.received()).toEqual([]);
  });

  test('whose file is gone is refused, recorded and told', async () => {
    const file = await load();
    const fixed = await put(inbox.quarantine, 'releases/gone.csv', '_row\n');
    await remove(fixed);
    const { bucket, key, versionId } = fixed;
    await ask('Release Requested', { run: idOf(file), file: { bucket, key, versionId } }, 'gone');
    expect(await laterRuns(file)).toEqual([]);
    const cause = `version ${versionId} of s3://${bucket}/${key} with the released rows is gone; release again`;
    expect(await readItem(requestedRunIdOf(idOf(file), 'gone'))).toMatchObject({
      status: 'failed',
      error: { name: 'VersionGone', cause },
    });
    expect(await itemOf(file)).toMatchObject({ status: 'succeeded' });
    expect((await inbox.failures.received()).map(({ attributes }) => attributes['error'])).toEqual(['VersionGone']);
  });
});
