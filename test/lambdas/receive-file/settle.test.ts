import { describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/receive-file/index';
import { arrivalOf, batch } from '../support/arrivals';
import { changeItem, executionNames } from '../support/aws';
import { get, keys } from '../support/objects';
import { NAME, NOTHING_FAILED, idOf, itemOf, receive, useInbox } from './inbox';

const inbox = useInbox();

describe('a file that no contract knows', () => {
  test('is moved to the unmatched area, recorded, and told once', async () => {
    const file = await inbox.putNew('ünknown +%20 file.csv');
    const bytes = await get(inbox.bucket, file.key);
    const arrival = arrivalOf(file);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await executionNames(inbox.machine)).toEqual([]);
    expect(await keys(inbox.bucket)).toEqual([]);
    expect(await get(inbox.quarantine, `unmatched/${file.key}`)).toEqual(bytes);
    const item = await itemOf(file);
    expect(item).toMatchObject({ dataset: 'unmatched', status: 'failed', ...file });
    expect(item).not.toHaveProperty('unsettled');
    const { cause } = item?.['error'] as { cause: string };
    expect(item?.['error']).toEqual({ name: 'UnknownFileName', cause, step: 'ReceiveFile' });
    expect(cause).toContain('customer_purchases_YYYYMMDD.csv (purchases)');
    expect(await inbox.failures.received()).toEqual([
      {
        subject: 'unmatched: UnknownFileName in ReceiveFile',
        message: [
          'Dataset: unmatched',
          `File: s3://${inbox.bucket}/${file.key}`,
          `Version: ${file.versionId}`,
          `Run: ${idOf(file)}`,
          'Step: ReceiveFile',
          'Error: UnknownFileName',
          `Cause: ${cause}`,
          `The file is kept at s3://${inbox.quarantine}/unmatched/${file.key}; the inbox no longer has it.`,
        ].join('\n'),
        attributes: { dataset: 'unmatched', status: 'failed', step: 'ReceiveFile', error: 'UnknownFileName' },
      },
    ]);
  });

  test.each(['customer_purchases_20250230.csv', 'customer_purchases_2025011.csv', `${NAME}.gz`])('%s is one', async (key) => {
    await receive(await inbox.putNew(key));
    expect(await keys(inbox.bucket)).toEqual([]);
    expect(await inbox.failures.received()).toHaveLength(1);
  });

  test('a key that leads out of its folder is kept inside', async () => {
    const file = await inbox.putNew(`a//${NAME}`);
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await keys(inbox.quarantine)).toContain(`unmatched/a/%00/${NAME}`);
    expect(await executionNames(inbox.machine)).toEqual([]);
    expect(await itemOf(file)).toMatchObject({ error: { name: 'UnsafeKey' } });
  });

  test('after a death before the message: the redelivered message finishes, a strange one does not interfere', async () => {
    const file = await inbox.putNew('strange.txt');
    const arrival = arrivalOf(file, { messageId: 'mine' });
    process.env['FAILURE_TOPIC_ARN'] = `${inbox.failures.arn}-not-there`;
    expect(await handler(batch(arrival))).toEqual({ batchItemFailures: [{ itemIdentifier: 'mine' }] });
    expect(await itemOf(file)).toMatchObject({ status: 'failed', unsettled: { by: 'mine' } });
    process.env['FAILURE_TOPIC_ARN'] = inbox.failures.arn;
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await inbox.failures.received()).toEqual([]);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await inbox.failures.received()).toHaveLength(1);
    expect(await itemOf(file)).not.toHaveProperty('unsettled');
  });

  test('after a death whose message was lost too, another message finishes once the lease is over', async () => {
    const file = await inbox.putNew('stranger.txt');
    process.env['FAILURE_TOPIC_ARN'] = `${inbox.failures.arn}-not-there`;
    await receive(file);
    process.env['FAILURE_TOPIC_ARN'] = inbox.failures.arn;
    await changeItem(idOf(file), { unsettled: { by: 'dead', until: Math.floor(Date.now() / 1000) - 1 } });
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await inbox.failures.received()).toHaveLength(1);
  });

  test('ten deliveries at once: one copy, one message', async () => {
    const file = await inbox.putNew('once.txt');
    await Promise.all(Array.from({ length: 10 }, () => receive(file)));
    expect(await inbox.failures.received()).toHaveLength(1);
    expect(await keys(inbox.quarantine)).toContain('unmatched/once.txt');
  });
});
