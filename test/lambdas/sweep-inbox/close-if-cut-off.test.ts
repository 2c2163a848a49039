import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { contentId } from '../../../lambdas/ledger/items';
import { handler } from '../../../lambdas/sweep-inbox/index';
import { NAME, finish, idOf, itemOf, receive } from '../receive-file/inbox';
import { changeItem, executionNames, readItem } from '../support/aws';
import { runBundled } from '../support/bundled';
import { get, put, type PutVersion } from '../support/objects';
import { proxyTo } from '../../network/proxy';
import { HOURS, MINUTES, abort, executionOf, sweepAfter, useSweptInbox } from './swept-inbox';

const inbox = useSweptInbox();
const ERROR = { name: 'ExecutionCutOff', cause: 'the execution is aborted and left no report', step: 'unknown' };

async function running(): Promise<PutVersion> {
  const file = await inbox.putNew(NAME);
  await receive(file);
  return file;
}

const contentOf = ({ sha256 }: PutVersion) => readItem(contentId('purchases', sha256));
const ended = (file: PutVersion) => ({
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  detail: { name: idOf(file), executionArn: executionOf(inbox, file), status: 'ABORTED' },
});

describe('a run whose lease is over', () => {
  test('is closed as failed when its execution was aborted, told once, and its bytes can be loaded again', async () => {
    const file = await running();
    await abort(inbox, file);
    expect(await sweepAfter(12 * HOURS)).toEqual({ taken: 0, lookedAfter: 0, overdue: 0, unarchived: 0 });
    expect(await sweepAfter(14 * HOURS)).toEqual({ taken: 0, lookedAfter: 1, overdue: 0, unarchived: 0 });
    expect(await sweepAfter(14 * HOURS)).toEqual({ taken: 0, lookedAfter: 0, overdue: 0, unarchived: 0 });
    const item = await itemOf(file);
    const endedAt = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(item).toMatchObject({ status: 'failed', endedAt, executionArn: executionOf(inbox, file), error: ERROR });
    expect(item).not.toHaveProperty('leaseUntil');
    const [message, ...others] = await inbox.failures.received();
    expect(others).toEqual([]);
    expect(message?.attributes).toMatchObject({ dataset: 'purchases', error: 'ExecutionCutOff' });
    expect(message?.message).toContain('The file stays in the inbox; once the cause is mended, drop it again');
    const again = await put(inbox.bucket, NAME, await get(inbox.bucket, NAME));
    await receive(again);
    expect(await itemOf(again)).toMatchObject({ status: 'running', outcome: 'load' });
    expect(await executionNames(inbox.machine)).toContain(idOf(again));
  });

  test('gets a longer lease while its execution still runs', async () => {
    const file = await running();
    await changeItem(idOf(file), { leaseUntil: Math.floor(Date.now() / 1000) - 1 });
    const before = await itemOf(file);
    expect(await sweepAfter(0)).toEqual({ taken: 0, lookedAfter: 1, overdue: 0, unarchived: 0 });
    const { leaseUntil, ...item } = (await itemOf(file)) ?? {};
    expect(Math.round((Number(leaseUntil) * 1000 - Date.now()) / HOURS)).toBe(13);
    expect({ ...item, leaseUntil: before?.['leaseUntil'] }).toEqual(before);
    expect(await sweepAfter(MINUTES)).toMatchObject({ lookedAfter: 0 });
    expect(await inbox.failures.received()).toEqual([]);
  });

  test('is closed when nobody knows its execution any more', async () => {
    const file = await running();
    await changeItem(idOf(file), { executionArn: `${executionOf(inbox, file)}-gone` });
    await sweepAfter(14 * HOURS);
    const cause = 'the execution is gone and left no report';
    expect(await itemOf(file)).toMatchObject({ status: 'failed', error: { ...ERROR, cause } });
  });

  test('is found again when the sweep dies half way', async () => {
    const file = await running();
    await abort(inbox, file);
    let updates = 0;
    const { endpoint, close } = await proxyTo(inject('services').endpoint, {
      before: async (incoming) => {
        if (!String(incoming.headers['x-amz-target']).endsWith('UpdateItem')) return;
        updates += 1;
        if (updates === 1) return;
        incoming.destroy();
        await new Promise(() => undefined);
      },
    });
    onTestFinished(close);
    const event = JSON.stringify(ended(file));
    const code = `import { handler } from './lambdas/sweep-inbox/index'; export default handler(${event})`;
    await expect(runBundled(code, { AWS_ENDPOINT_URL: endpoint })).rejects.toThrow();
    expect(updates).toBeGreaterThan(1);
    expect(await inbox.failures.received()).toEqual([]);
    await sweepAfter(14 * HOURS);
    expect(await itemOf(file)).toMatchObject({ status: 'failed', error: ERROR });
    expect(await contentOf(file)).toMatchObject({ status: 'failed' });
    expect(await inbox.failures.received()).toHaveLength(1);
  });
});

describe('an execution that has ended', () => {
  test('closes its run at once; told of twice, also at once, it is once', async () => {
    const file = await running();
    await abort(inbox, file);
    expect(await Promise.all([handler(ended(file)), handler(ended(file))])).toEqual([undefined, undefined]);
    expect(await handler(ended(file))).toBeUndefined();
    expect(await itemOf(file)).toMatchObject({ status: 'failed', error: ERROR });
    expect(await contentOf(file)).toMatchObject({ status: 'failed' });
    expect(await inbox.failures.received()).toHaveLength(1);
  });

  test('closes a run that was only claimed, too', async () => {
    const file = await running();
    await changeItem(idOf(file), { status: 'claimed' });
    await abort(inbox, file);
    await handler(ended(file));
    expect(await itemOf(file)).toMatchObject({ status: 'failed', error: ERROR });
  });

  test.each(['succeeded', 'failed'] as const)('changes nothing for a run that reported itself %s', async (status) => {
    const file = await running();
    await finish(file, status);
    await abort(inbox, file);
    const before = [await itemOf(file), await contentOf(file)];
    await handler(ended(file));
    expect([await itemOf(file), await contentOf(file)]).toEqual(before);
    expect(await inbox.failures.received()).toEqual([]);
  });

  test('and runs again by now, after a redrive: nothing happens', async () => {
    const file = await running();
    const before = await itemOf(file);
    await handler(ended(file));
    expect(await itemOf(file)).toEqual(before);
    expect(await inbox.failures.received()).toEqual([]);
  });

  test('and is no run of ours: nothing happens', async () => {
    const file = await running();
    const event = ended(file);
    await handler({ ...event, detail: { ...event.detail, name: 'by hand' } });
    expect(await readItem('by hand')).toBeUndefined();
  });

  test('of a replay leaves the bytes to the run that brought them', async () => {
    const file = await running();
    await changeItem(idOf(file), { outcome: 'replay', of: 'original' });
    await changeItem(contentId('purchases', file.sha256), { runId: 'original', status: 'succeeded' });
    await abort(inbox, file);
    await handler(ended(file));
    expect(await contentOf(file)).toMatchObject({ runId: 'original', status: 'succeeded' });
    expect((await inbox.failures.received())[0]?.message).toContain('replay it again');
  });
});

test('the daily event is a sweep', async () => {
  const schedule = { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} };
  expect(await handler(schedule)).toEqual({ taken: 0, lookedAfter: 0, overdue: 0, unarchived: 0 });
});
