import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { NAME, idOf, itemOf, receive } from '../receive-file/inbox';
import { changeItem, executionNames, s3 } from '../support/aws';
import { put } from '../support/objects';
import { HOURS, MINUTES, deliver, sweepAfter, useSweptInbox } from './swept-inbox';

const inbox = useSweptInbox();
const NOTHING = { taken: 0, lookedAfter: 0, overdue: 0, unarchived: 0 };
const bodies = async () => (await inbox.queue.received()).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe('a file that no run knows', () => {
  test('is announced as S3 would have, and when it is taken, not again', async () => {
    const file = await inbox.putNew(`a b+%20ü/${NAME}`);
    expect(await sweepAfter(61 * MINUTES)).toEqual({ ...NOTHING, taken: 1 });
    const messages = await inbox.queue.received();
    expect(messages.map(({ body }) => JSON.parse(body) as object)).toEqual([
      {
        source: 'assay',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        'detail-type': 'Object Created',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        detail: { bucket: { name: inbox.bucket }, object: { key: file.key, size: file.size, 'version-id': file.versionId } },
      },
    ]);
    await sweepAfter(61 * MINUTES);
    await deliver(inbox.queue);
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
    expect(await sweepAfter(61 * MINUTES)).toEqual(NOTHING);
    expect(await inbox.queue.received()).toEqual([]);
  });

  test('is left alone while it is young', async () => {
    await inbox.putNew(NAME);
    expect(await sweepAfter(59 * MINUTES)).toEqual(NOTHING);
    expect(await inbox.queue.received()).toEqual([]);
  });

  test('is one whatever its name; a folder, an older version and a deleted file are none', async () => {
    await put(inbox.bucket, 'folder/', '');
    await put(inbox.bucket, 'notes.txt', 'old');
    const newest = await put(inbox.bucket, 'notes.txt', 'new');
    await inbox.putNew(NAME);
    await s3.send(new DeleteObjectCommand({ Bucket: inbox.bucket, Key: NAME }));
    expect(await sweepAfter(61 * MINUTES)).toEqual({ ...NOTHING, taken: 1 });
    expect(await bodies()).toMatchObject([{ detail: { object: { key: 'notes.txt', 'version-id': newest.versionId } } }]);
  });
});

describe('a run with which nobody goes on', () => {
  test('is started when it was only claimed, and not before its lease is over', async () => {
    const file = await inbox.putNew(NAME);
    const prefix = process.env['STATE_MACHINE_PREFIX'];
    process.env['STATE_MACHINE_PREFIX'] = `${prefix}not-there-`;
    await receive(file);
    process.env['STATE_MACHINE_PREFIX'] = prefix;
    expect(await sweepAfter(14 * MINUTES)).toEqual(NOTHING);
    expect(await sweepAfter(16 * MINUTES)).toEqual({ ...NOTHING, lookedAfter: 1 });
    await deliver(inbox.queue);
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
    expect(await sweepAfter(16 * MINUTES)).toEqual(NOTHING);
  });

  test('is told of when it was refused and nobody was told, also of a file that no contract knows', async () => {
    const file = await inbox.putNew('left.txt');
    process.env['FAILURE_TOPIC_ARN'] = `${inbox.failures.arn}-not-there`;
    await receive(file);
    process.env['FAILURE_TOPIC_ARN'] = inbox.failures.arn;
    expect(await sweepAfter(14 * MINUTES)).toEqual(NOTHING);
    expect(await sweepAfter(16 * MINUTES)).toEqual({ ...NOTHING, lookedAfter: 1 });
    await changeItem(idOf(file), { unsettled: { by: 'dead', until: 1 } });
    await deliver(inbox.queue);
    expect(await inbox.failures.received()).toHaveLength(1);
    expect(await sweepAfter(16 * MINUTES)).toEqual(NOTHING);
  });

  test('of another dataset is not looked for', async () => {
    await receive(await inbox.putNew('other.txt'));
    const file = await inbox.putNew(NAME);
    await receive(file);
    await changeItem(idOf(file), { leaseUntil: 1 });
    process.env['DATASETS'] = '["unmatched"]';
    expect(await sweepAfter(0)).toEqual(NOTHING);
  });
});

describe('files that lie in the inbox for too long', () => {
  test('are told of, the oldest first, with their age', async () => {
    const first = await inbox.putNew(`b/${NAME}`);
    await new Promise((wake) => setTimeout(wake, 1100));
    const second = await inbox.putNew(`a/${NAME}`);
    await receive(first, second);
    expect(await sweepAfter(23.5 * HOURS)).toEqual({ ...NOTHING, lookedAfter: 2 });
    expect(await inbox.failures.received()).toEqual([]);
    expect(await sweepAfter(25.5 * HOURS)).toEqual({ ...NOTHING, lookedAfter: 2, overdue: 2 });
    expect(await inbox.failures.received()).toEqual([
      {
        subject: 'inbox: 2 file(s) older than 24 hours',
        message: [
          'Files that lie in the inbox for more than 24 hours: 2',
          `s3://${inbox.bucket}/b/${NAME}: 25 hours`,
          `s3://${inbox.bucket}/a/${NAME}: 25 hours`,
          'Each was refused, or its run failed: see the alert about it. Mend and drop it again, or delete it.',
        ].join('\n'),
        attributes: { status: 'overdue' },
      },
    ]);
  });

  test('are counted where they are too many to be shown', async () => {
    const names = Array.from({ length: 23 }, () => `${randomUUID()}.txt`);
    await Promise.all(names.map((name) => put(inbox.bucket, name, name)));
    expect(await sweepAfter(25 * HOURS)).toEqual({ ...NOTHING, taken: 23, overdue: 23 });
    const [message] = await inbox.failures.received();
    const lines = message?.message.split('\n') ?? [];
    expect(lines.filter((line) => line.startsWith('s3://'))).toHaveLength(20);
    expect(lines).toContain('and 3 more');
  });

  test('are one message less when it cannot be sent, nothing worse', async () => {
    await inbox.putNew(NAME);
    process.env['FAILURE_TOPIC_ARN'] = `${inbox.failures.arn}-not-there`;
    expect(await sweepAfter(25 * HOURS)).toEqual({ ...NOTHING, taken: 1, overdue: 1 });
  });
});

describe('a loaded file that is to be archived upon an event', () => {
  test('waits for it, is no file that was refused, and after an hour is asked for again and told of', async () => {
    const file = await inbox.putNew(NAME);
    await receive(file);
    await changeItem(idOf(file), { status: 'succeeded', endedAt: new Date().toISOString(), leaseUntil: 99_999_999_999 });
    expect(await sweepAfter(59 * MINUTES)).toEqual(NOTHING);
    expect(await inbox.archiveQueue.received()).toEqual([]);
    expect(await sweepAfter(25 * HOURS)).toEqual({ ...NOTHING, unarchived: 1 });
    expect((await inbox.archiveQueue.received()).map(({ body }) => JSON.parse(body) as object)).toEqual([
      { source: 'assay', 'detail-type': 'Archive Left Behind', detail: { run: idOf(file) } },
    ]);
    const [message, ...others] = await inbox.failures.received();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      subject: 'archive: 1 loaded file(s) not archived yet',
      attributes: { status: 'unarchived' },
    });
    expect(message?.message).toContain(`s3://${inbox.bucket}/${NAME}: loaded at `);
  });

  test('that is archived is left alone', async () => {
    const file = await inbox.putNew(NAME);
    await receive(file);
    const archive = { bucket: 'archive', key: 'k', versionId: 'v' };
    await changeItem(idOf(file), {
      status: 'succeeded',
      endedAt: new Date().toISOString(),
      leaseUntil: 99_999_999_999,
      archive,
    });
    expect(await sweepAfter(2 * HOURS)).toEqual(NOTHING);
  });
});
