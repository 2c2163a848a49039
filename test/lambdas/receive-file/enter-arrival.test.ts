import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { contentId } from '../../../lambdas/ledger/items';
import { handler } from '../../../lambdas/receive-file/index';
import { arrivalOf, batch } from '../support/arrivals';
import { executionInput, executionNames, readItem } from '../support/aws';
import { runBundled } from '../support/bundled';
import { keys, put, remove } from '../support/objects';
import { proxyTo } from '../../network/proxy';
import { NAME, NOTHING_FAILED, idOf, itemOf, receive, useInbox } from './inbox';

const inbox = useInbox();

describe('a file that a contract knows', () => {
  test('is entered in the ledger and its one execution started, with all that the run needs', async () => {
    const file = await inbox.putNew(`daily/${NAME}`);
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    const id = idOf(file);
    expect(await executionNames(inbox.machine)).toEqual([id]);
    const started = await executionInput(inbox.machine, id);
    expect(started).toEqual({
      runId: id,
      dataset: 'purchases',
      outcome: 'load',
      source: {
        key: file.key,
        versionId: file.versionId,
        modifiedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) as string,
      },
      ...file,
      format: 'csv',
      ingestionDate: '2025-01-02',
      year: '2025',
      month: '01',
      day: '02',
      path: `s3://${inbox.bucket}/daily/${NAME}`,
      contractVersion: '1.0.0',
    });
    const { leaseUntil, ...item } = (await itemOf(file)) ?? {};
    expect(Math.round((Number(leaseUntil) * 1000 - Date.now()) / 3_600_000)).toBe(13);
    expect(item).toEqual({
      id,
      dataset: 'purchases',
      ...file,
      lastModified: (started['source'] as Record<string, unknown>)['modifiedAt'],
      outcome: 'load',
      ingestionDate: '2025-01-02',
      contractVersion: '1.0.0',
      format: 'csv',
      status: 'running',
      executionArn: `${inbox.machine.replace(':stateMachine:', ':execution:')}:${id}`,
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    expect(await readItem(contentId('purchases', file.sha256))).toMatchObject({ runId: id, status: 'claimed' });
  });

  test.each(['a b', 'a+b', '100%', 'a%20b', 'ünïcode/日本', "o'reilly; drop table"])('is found under %s', async (folder) => {
    const file = await inbox.putNew(`${folder}/${NAME}`);
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await executionInput(inbox.machine, idOf(file))).toMatchObject({ key: `${folder}/${NAME}` });
  });

  test('is read in the version of the event, also when a newer one lies over it', async () => {
    const old = await inbox.putNew(NAME);
    const newer = await inbox.putNew(NAME);
    await receive(old);
    await receive(newer);
    expect((await executionNames(inbox.machine)).sort()).toEqual([idOf(old), idOf(newer)].sort());
    expect((await itemOf(old))?.['sha256']).toBe(old.sha256);
  });

  test('is found without a version in the event', async () => {
    const file = await inbox.putNew(NAME);
    expect(await handler(batch(arrivalOf(file, { withVersion: false })))).toEqual(NOTHING_FAILED);
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
  });

  test('comes with others in a batch: each is handled', async () => {
    const files = [await inbox.putNew(`a/${NAME}`), await inbox.putNew(`b/${NAME}`), await inbox.putNew(`c/${NAME}`)];
    expect(await receive(...files)).toEqual(NOTHING_FAILED);
    expect((await executionNames(inbox.machine)).sort()).toEqual(files.map(idOf).sort());
  });

  test('is not held up by a message beside it that nobody can read, which goes back alone', async () => {
    const file = await inbox.putNew(NAME);
    const broken = { ...arrivalOf(file), messageId: 'broken', body: '{"Event":"s3:TestEvent"}' };
    expect(await handler(batch(broken, arrivalOf(file)))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'broken' }],
    });
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
  });
});

describe('a file that is gone', () => {
  test.each([true, false])('is recorded and told once (version in the event: %s)', async (withVersion) => {
    const file = await inbox.putNew(NAME);
    await remove(file);
    const arrival = arrivalOf(file, { withVersion });
    for (let delivery = 0; delivery < 3; delivery += 1) expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    const [message, ...more] = await inbox.failures.received();
    expect(more).toEqual([]);
    expect(message?.attributes).toMatchObject({ dataset: 'purchases', error: 'VersionGone', step: 'ReceiveFile' });
    expect(message?.message).toContain('upload the file again');
    if (withVersion) expect(await itemOf(file)).toMatchObject({ status: 'failed', error: { name: 'VersionGone' } });
    expect(await executionNames(inbox.machine)).toEqual([]);
  });

  test('between the look at it and the read is recorded too', async () => {
    const file = await inbox.putNew(NAME);
    const { endpoint, close } = await proxyTo(inject('services').endpoint, {
      before: async ({ method, url = '' }) => {
        if (method === 'GET' && url.includes(NAME)) await remove(file);
      },
    });
    onTestFinished(close);
    const event = JSON.stringify(batch(arrivalOf(file)));
    const code = `import { handler } from './lambdas/receive-file/index'; export default handler(${event})`;
    expect((await runBundled(code, { AWS_ENDPOINT_URL: endpoint })).result).toEqual(NOTHING_FAILED);
    expect(await itemOf(file)).toMatchObject({ status: 'failed', error: { name: 'VersionGone' } });
  });
});

test('a folder that somebody made in the console is no file', async () => {
  const folder = await put(inbox.bucket, 'new folder/', '');
  expect(await receive(folder)).toEqual(NOTHING_FAILED);
  expect(await itemOf(folder)).toBeUndefined();
  expect(await keys(inbox.bucket)).toEqual(['new folder/']);
});
