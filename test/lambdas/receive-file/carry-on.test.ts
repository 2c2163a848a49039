import { describe, expect, test } from 'vitest';
import { handler } from '../../../lambdas/receive-file/index';
import { arrivalOf, batch, messageOf } from '../support/arrivals';
import { changeItem, executionNames } from '../support/aws';
import { keys, remove } from '../support/objects';
import { NAME, NOTHING_FAILED, finish, idOf, itemOf, receive, useInbox } from './inbox';

const inbox = useInbox();

describe('the same event again', () => {
  test('a hundred times at once: one execution, nothing said, nothing failed', async () => {
    const file = await inbox.putNew(NAME);
    const deliveries = Array.from({ length: 100 }, () => receive(file));
    expect(await Promise.all(deliveries)).toEqual(Array(100).fill(NOTHING_FAILED));
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
    expect([...(await inbox.failures.received()), ...(await inbox.successes.received())]).toEqual([]);
  });

  test.each(['running', 'succeeded', 'failed'])('after the run is %s: nothing happens', async (status) => {
    const file = await inbox.putNew(NAME);
    await receive(file);
    await changeItem(idOf(file), { status });
    const before = await itemOf(file);
    await receive(file);
    expect(await itemOf(file)).toEqual(before);
    expect(await executionNames(inbox.machine)).toHaveLength(1);
  });

  test.each([true, false])('after the file was archived (version in the event: %s): no alert', async (withVersion) => {
    const file = await inbox.putNew(NAME);
    // EventBridge's time has no fraction of a second.
    const time = new Date().toISOString().replace(/\.\d+/, '');
    const arrival = arrivalOf(file, { withVersion, time });
    await handler(batch(arrival));
    await finish(file, 'succeeded');
    await remove(file);
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await inbox.failures.received()).toEqual([]);
  });

  test('after a death between claim and start: the execution is started', async () => {
    const file = await inbox.putNew(NAME);
    const prefix = process.env['STATE_MACHINE_PREFIX'];
    process.env['STATE_MACHINE_PREFIX'] = `${prefix}not-there-`;
    const arrival = arrivalOf(file);
    expect(await handler(batch(arrival))).toEqual({ batchItemFailures: [{ itemIdentifier: arrival.messageId }] });
    expect(await itemOf(file)).toMatchObject({ status: 'claimed' });
    process.env['STATE_MACHINE_PREFIX'] = prefix;
    expect(await handler(batch(arrival))).toEqual(NOTHING_FAILED);
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
  });

  test('after a death between start and answer: still one execution', async () => {
    const file = await inbox.putNew(NAME);
    await receive(file);
    await changeItem(idOf(file), { status: 'claimed' });
    expect(await receive(file)).toEqual(NOTHING_FAILED);
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
  });
});

describe('a run that was left behind', () => {
  const leftBehind = (run: string) => handler(batch(messageOf('Run Left Behind', { run })));

  test('is started, once, when it was only claimed', async () => {
    const file = await inbox.putNew(NAME);
    const prefix = process.env['STATE_MACHINE_PREFIX'];
    process.env['STATE_MACHINE_PREFIX'] = `${prefix}not-there-`;
    await receive(file);
    process.env['STATE_MACHINE_PREFIX'] = prefix;
    expect(await leftBehind(idOf(file))).toEqual(NOTHING_FAILED);
    expect(await leftBehind(idOf(file))).toEqual(NOTHING_FAILED);
    expect(await executionNames(inbox.machine)).toEqual([idOf(file)]);
    expect(await itemOf(file)).toMatchObject({ status: 'running' });
  });

  test('is settled when nobody drew the consequences, once the lease is over', async () => {
    const file = await inbox.putNew('left.txt');
    process.env['FAILURE_TOPIC_ARN'] = `${inbox.failures.arn}-not-there`;
    await receive(file);
    process.env['FAILURE_TOPIC_ARN'] = inbox.failures.arn;
    await leftBehind(idOf(file));
    expect(await inbox.failures.received()).toEqual([]);
    await changeItem(idOf(file), { unsettled: { by: 'dead', until: 1 } });
    await leftBehind(idOf(file));
    await leftBehind(idOf(file));
    expect(await inbox.failures.received()).toHaveLength(1);
    expect(await keys(inbox.bucket)).toEqual([]);
  });

  test('that is over or unknown is left alone', async () => {
    const file = await inbox.putNew(NAME);
    await receive(file);
    await finish(file, 'succeeded');
    const before = await itemOf(file);
    expect(await leftBehind(idOf(file))).toEqual(NOTHING_FAILED);
    expect(await leftBehind('0'.repeat(64))).toEqual(NOTHING_FAILED);
    expect(await itemOf(file)).toEqual(before);
  });
});
