import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contentId, runIdOf } from '../../../lambdas/ledger/items';
import { handler } from '../../../lambdas/receive-file/index';
import { arrivalOf, batch } from '../support/arrivals';
import {
  changeItem,
  createBucket,
  createLedger,
  createStateMachine,
  createTopic,
  executionInput,
  executionNames,
  readItem,
  type TestTopic,
} from '../support/aws';
import { get, keys, put, remove, visibleVersion, type PutVersion } from '../support/objects';

let inbox: string;
let quarantine: string;
let machine: string;
let failures: TestTopic;
let successes: TestTopic;
let content = 0;

const NAME = 'customer_purchases_20250102.csv';
const NOTHING_FAILED = { batchItemFailures: [] };
const idOf = ({ bucket, key, versionId }: PutVersion) => runIdOf(bucket, key, versionId);
const receive = (...files: PutVersion[]) => handler(batch(...files.map((file) => arrivalOf(file))));
/** A file with bytes that no other test has. */
const putNew = (key: string) => put(inbox, key, `purchase_id\n${(content += 1)}\n`);
const itemOf = async (file: PutVersion) => readItem(idOf(file));
const finish = async (file: PutVersion, status: 'succeeded' | 'failed') => {
  await changeItem(idOf(file), { status });
  await changeItem(contentId('purchases', file.sha256), { status });
};

beforeAll(async () => {
  await createLedger();
  [quarantine, failures, successes] = await Promise.all([createBucket('quarantine'), createTopic(), createTopic()]);
});
beforeEach(async () => {
  inbox = await createBucket('inbox');
  machine = await createStateMachine();
  const route = {
    dataset: 'purchases',
    filePattern: 'customer_purchases_{date}.csv',
    dateFormat: 'YYYYMMDD',
    contractVersion: '1.0.0',
    stateMachineArn: machine,
  };
  Object.assign(process.env, {
    ROUTES: JSON.stringify([route]),
    QUARANTINE_BUCKET: quarantine,
    FAILURE_TOPIC_ARN: failures.arn,
    SUCCESS_TOPIC_ARN: successes.arn,
  });
  await Promise.all([failures.received(), successes.received()]);
});

describe('a file that a contract knows', () => {
  test('is entered in the ledger and its one execution started, with all that the run needs', async () => {
    const file = await putNew(`daily/${NAME}`);
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    const id = idOf(file);
    expect(await executionNames(machine)).toEqual([id]);
    const started = await executionInput(machine, id);
    expect(started).toEqual({
      runId: id,
      dataset: 'purchases',
      ...file,
      lastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/) as string,
      ingestionDate: '2025-01-02',
      year: '2025',
      month: '01',
      day: '02',
      path: `s3://${inbox}/daily/${NAME}`,
      contractVersion: '1.0.0',
    });
    expect(await itemOf(file)).toEqual({
      id,
      dataset: 'purchases',
      ...file,
      lastModified: started['lastModified'],
      ingestionDate: '2025-01-02',
      contractVersion: '1.0.0',
      status: 'running',
      executionArn: `${machine.replace(':stateMachine:', ':execution:')}:${id}`,
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    expect(await readItem(contentId('purchases', file.sha256))).toMatchObject({ runId: id, status: 'claimed' });
  });

  test.each(['a b', 'a+b', '100%', 'a%20b', 'ünïcode/日本', "o'reilly; drop table"])(
    'is found under %s',
    async (folder) => {
      const file = await putNew(`${folder}/${NAME}`);
      expect(await receive(file)).toEqual(NOTHING_FAILED);
      expect(await executionInput(machine, idOf(file))).toMatchObject({ key: `${folder}/${NAME}` });
    },
  );

  test('is read in the version of the event, also when a newer one lies over it', async () => {
    const old = await putNew(NAME);
    const newer = await putNew(NAME);
    await receive(old);
    await receive(newer);
    expect((await executionNames(machine)).sort()).toEqual([idOf(old), idOf(newer)].sort());
    expect((await itemOf(old))?.['sha256']).toBe(old.sha256);
  });

  test('is found without a version in the event', async () => {
    const file = await putNew(NAME);
    expect(await handler(batch(arrivalOf(file, { withVersion: false })))).toEqual(NOTHING_FAILED);
    expect(await executionNames(machine)).toEqual([idOf(file)]);
  });

  test('comes with others in a batch: each is handled', async () => {
    const files = [await putNew(`a/${NAME}`), await putNew(`b/${NAME}`), await putNew(`c/${NAME}`)];
    expect(await receive(...files)).toEqual(NOTHING_FAILED);
    expect((await executionNames(machine)).sort()).toEqual(files.map(idOf).sort());
  });

  test('is not held up by a message beside it that nobody can read, which goes back alone', async () => {
    const file = await putNew(NAME);
    const broken = { ...arrivalOf(file), messageId: 'broken', body: '{"Event":"s3:TestEvent"}' };
    expect(await handler(batch(broken, arrivalOf(file)))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'broken' }],
    });
    expect(await executionNames(machine)).toEqual([idOf(file)]);
  });
});

describe('the same event again', () => {
  test('a hundred times at once: one execution, nothing said, nothing failed', async () => {
    const file = await putNew(NAME);
    const deliveries = Array.from({ length: 100 }, () => receive(file));
    expect(await Promise.all(deliveries)).toEqual(Array(100).fill(NOTHING_FAILED));
    expect(await executionNames(machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
    expect([...(await failures.received()), ...(await successes.received())]).toEqual([]);
  });

  test.each(['running', 'succeeded', 'failed'])('after the run is %s: nothing happens', async (status) => {
    const file = await putNew(NAME);
    await receive(file);
    await changeItem(idOf(file), { status });
    const before = await itemOf(file);
    await receive(file);
    expect(await itemOf(file)).toEqual(before);
    expect(await executionNames(machine)).toHaveLength(1);
  });

  test.each([true, false])('after the file was archived (version in the event: %s): no alert', async (withVersion) => {
    const file = await putNew(NAME);
    const arrival = arrivalOf(file, { withVersion });
    await handler(batch(arrival));
    await finish(file, 'succeeded');
    await remove(file);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await failures.received()).toEqual([]);
  });

  test('after a death between claim and start: the execution is started', async () => {
    const file = await putNew(NAME);
    const routes = process.env['ROUTES'] ?? '';
    const noMachine = routes.replace(machine, machine.replace(/[^:]+$/, 'not-there'));
    process.env['ROUTES'] = noMachine;
    const arrival = arrivalOf(file);
    expect(await handler(batch(arrival))).toEqual({ batchItemFailures: [{ itemIdentifier: arrival.messageId }] });
    expect(await itemOf(file)).toMatchObject({ status: 'claimed' });
    process.env['ROUTES'] = routes;
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await executionNames(machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
  });

  test('after a death between start and answer: still one execution', async () => {
    const file = await putNew(NAME);
    await receive(file);
    await changeItem(idOf(file), { status: 'claimed' });
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await executionNames(machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
  });
});

describe('the same bytes', () => {
  test('again under the same name, after they were loaded: nothing to do, said so, removed from the inbox', async () => {
    const first = await putNew(NAME);
    await receive(first);
    await finish(first, 'succeeded');
    await remove(first);
    const again = await put(inbox, NAME, await Promise.resolve(`purchase_id\n${content}\n`));
    expect(await receive(again)).toEqual(NOTHING_FAILED);
    expect(await executionNames(machine)).toEqual([idOf(first)]);
    const item = await itemOf(again);
    const note = `same bytes as run ${idOf(first)}, received before under the same name; nothing to do`;
    expect(item).toMatchObject({ status: 'skipped', note });
    expect(item).not.toHaveProperty('unsettled');
    expect(await successes.received()).toEqual([
      {
        subject: 'purchases: nothing to do, same bytes as before',
        message: [
          'Dataset: purchases',
          `File: s3://${inbox}/${NAME}`,
          `Version: ${again.versionId}`,
          `Run: ${idOf(again)}`,
          `Nothing was loaded: ${note}`,
        ].join('\n'),
        attributes: { dataset: 'purchases', status: 'skipped' },
      },
    ]);
    expect(await keys(inbox)).toEqual([]);
  });

  test('under another name: a duplicate, not loaded, named in the note', async () => {
    const first = await putNew(NAME);
    await receive(first);
    await finish(first, 'succeeded');
    const copy = await put(inbox, 'customer_purchases_20250103.csv', await get(inbox, NAME));
    await receive(copy);
    expect(await executionNames(machine)).toEqual([idOf(first)]);
    const note = `same bytes as run ${idOf(first)}, received as ${NAME}; a duplicate, not loaded`;
    expect(await itemOf(copy)).toMatchObject({ status: 'skipped', note, ingestionDate: '2025-01-03' });
    expect((await successes.received()).map(({ message }) => message)).toEqual([expect.stringContaining(note)]);
    expect(await keys(inbox)).toEqual([NAME]);
  });

  test('while the first run is under way: skipped, and left in the inbox until that run has archived them', async () => {
    const first = await putNew(NAME);
    await receive(first);
    const copy = await put(inbox, `copy/${NAME}`, await get(inbox, NAME));
    await receive(copy);
    expect(await itemOf(copy)).toMatchObject({ status: 'skipped' });
    expect(await visibleVersion(inbox, `copy/${NAME}`)).toBe(copy.versionId);
    expect(await readItem(contentId('purchases', first.sha256))).toMatchObject({ copies: new Set([idOf(copy)]) });
  });

  test('after a run with them failed: claimed anew, and the failed file may go with the new one', async () => {
    const failed = await putNew(NAME);
    await receive(failed);
    await finish(failed, 'failed');
    const again = await put(inbox, NAME, await get(inbox, NAME));
    await receive(again);
    expect((await executionNames(machine)).sort()).toEqual([idOf(failed), idOf(again)].sort());
    expect(await readItem(contentId('purchases', again.sha256))).toMatchObject({
      runId: idOf(again),
      versionId: again.versionId,
      status: 'claimed',
      copies: new Set([idOf(failed)]),
    });
  });

  test('ten copies at once: one execution, nine skipped', async () => {
    const bytes = `purchase_id\nten ${(content += 1)}\n`;
    const names = Array.from({ length: 10 }, (_, index) => `${index}/${NAME}`);
    const files = await Promise.all(names.map((key) => put(inbox, key, bytes)));
    const outcomes = await Promise.all(files.map((file) => receive(file)));
    expect(outcomes).toEqual(Array(10).fill(NOTHING_FAILED));
    expect(await executionNames(machine)).toHaveLength(1);
    const statuses = await Promise.all(files.map(async (file) => (await itemOf(file))?.['status']));
    expect(statuses.toSorted()).toEqual(['running', ...Array<string>(9).fill('skipped')]);
    expect(await successes.received()).toHaveLength(9);
  });

  test('new bytes under an old name start a run of their own', async () => {
    const first = await putNew(NAME);
    await receive(first);
    await finish(first, 'succeeded');
    const second = await putNew(NAME);
    await receive(second);
    expect((await executionNames(machine)).sort()).toEqual([idOf(first), idOf(second)].sort());
  });
});

describe('a file that no contract knows', () => {
  test('is moved to the unmatched area, recorded, and told once', async () => {
    const file = await putNew('ünknown +%20 file.csv');
    const arrival = arrivalOf(file);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await executionNames(machine)).toEqual([]);
    expect(await keys(inbox)).toEqual([]);
    expect(String(await get(quarantine, `unmatched/${file.key}`))).toBe(`purchase_id\n${content}\n`);
    const item = await itemOf(file);
    expect(item).toMatchObject({ dataset: 'unmatched', status: 'failed', ...file });
    expect(item).not.toHaveProperty('unsettled');
    const { cause } = item?.['error'] as { cause: string };
    expect(item?.['error']).toEqual({ name: 'UnknownFileName', cause, step: 'ReceiveFile' });
    expect(cause).toContain('customer_purchases_YYYYMMDD.csv (purchases)');
    expect(await failures.received()).toEqual([
      {
        subject: 'unmatched: UnknownFileName in ReceiveFile',
        message: [
          'Dataset: unmatched',
          `File: s3://${inbox}/${file.key}`,
          `Version: ${file.versionId}`,
          `Run: ${idOf(file)}`,
          'Step: ReceiveFile',
          'Error: UnknownFileName',
          `Cause: ${cause}`,
          `The file is kept at s3://${quarantine}/unmatched/${file.key}; the inbox no longer has it.`,
        ].join('\n'),
        attributes: { dataset: 'unmatched', status: 'failed', step: 'ReceiveFile', error: 'UnknownFileName' },
      },
    ]);
  });

  test.each(['customer_purchases_20250230.csv', 'customer_purchases_2025011.csv', `${NAME}.gz`])(
    '%s is one',
    async (key) => {
      await receive(await putNew(key));
      expect(await keys(inbox)).toEqual([]);
      expect(await failures.received()).toHaveLength(1);
    },
  );

  test('a key that leads out of its folder is kept inside', async () => {
    const file = await putNew(`a//${NAME}`);
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await keys(quarantine)).toContain(`unmatched/a/%00/${NAME}`);
    expect(await executionNames(machine)).toEqual([]);
  });

  test('after a death before the message: the redelivered message finishes, a strange one does not interfere', async () => {
    const file = await putNew('strange.txt');
    const arrival = arrivalOf(file, { messageId: 'mine' });
    process.env['FAILURE_TOPIC_ARN'] = `${failures.arn}-not-there`;
    expect(await handler(batch(arrival))).toEqual({ batchItemFailures: [{ itemIdentifier: 'mine' }] });
    expect(await itemOf(file)).toMatchObject({ status: 'failed', unsettled: { by: 'mine' } });
    process.env['FAILURE_TOPIC_ARN'] = failures.arn;
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await failures.received()).toEqual([]);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await failures.received()).toHaveLength(1);
    expect(await itemOf(file)).not.toHaveProperty('unsettled');
  });

  test('after a death whose message was lost too, another message finishes once the lease is over', async () => {
    const file = await putNew('stranger.txt');
    process.env['FAILURE_TOPIC_ARN'] = `${failures.arn}-not-there`;
    await receive(file);
    process.env['FAILURE_TOPIC_ARN'] = failures.arn;
    await changeItem(idOf(file), { unsettled: { by: 'dead', until: Math.floor(Date.now() / 1000) - 1 } });
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await failures.received()).toHaveLength(1);
  });

  test('ten deliveries at once: one copy, one message', async () => {
    const file = await putNew('once.txt');
    await Promise.all(Array.from({ length: 10 }, () => receive(file)));
    expect(await failures.received()).toHaveLength(1);
    expect(await keys(quarantine)).toContain('unmatched/once.txt');
  });
});

describe('a file that is gone', () => {
  test.each([true, false])('is recorded and told once (version in the event: %s)', async (withVersion) => {
    const file = await putNew(NAME);
    await remove(file);
    const arrival = arrivalOf(file, { withVersion });
    for (let delivery = 0; delivery < 3; delivery += 1) expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    const [message, ...more] = await failures.received();
    expect(more).toEqual([]);
    expect(message?.attributes).toMatchObject({ dataset: 'purchases', error: 'VersionGone', step: 'ReceiveFile' });
    expect(message?.message).toContain('upload the file again');
    if (withVersion) expect(await itemOf(file)).toMatchObject({ status: 'failed', error: { name: 'VersionGone' } });
    expect(await executionNames(machine)).toEqual([]);
  });
});

test('a folder that somebody made in the console is no file', async () => {
  const folder = await put(inbox, 'new folder/', '');
  expect(await receive(folder)).toEqual(NOTHING_FAILED);
  expect(await itemOf(folder)).toBeUndefined();
  expect(await keys(inbox)).toEqual(['new folder/']);
});
