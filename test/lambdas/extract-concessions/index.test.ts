import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { SourceChanging } from '../../../contracts/errors';
import type { Order } from '../../concessions-api/faults';
import { Extracting, held } from './extracting';

let extracting: Extracting;

beforeAll(async () => {
  extracting = await Extracting.create();
});

const pagings = ['cursor', 'page'] as const;

describe.each(pagings)('an API that pages by %s', (paging) => {
  test('is read to its end, page by page as it came', async () => {
    const api = await extracting.apiWith({ paging });
    const execution = randomUUID();
    const state = await extracting.extractAll(execution);
    expect(state).toMatchObject({ isComplete: true, records: 950, pages: 10, from: null });
    expect(await extracting.extracted(execution)).toEqual(held(api));
    expect(api.served).toHaveLength(10);
    const manifest = await extracting.manifest(execution);
    expect(manifest).toMatchObject({ records: 950, readings: 1, to: api.records.all.at(-1)?.updated_at });
    expect(manifest.pages.map(({ records }) => records)).toEqual([...Array<number>(9).fill(100), 50]);
  });

  const faults: readonly [name: string, orders: readonly Order[]][] = [
    [
      '500',
      [
        { at: 1, fault: { kind: 'error' } },
        { at: 5, fault: { kind: 'error' } },
        { at: 6, fault: { kind: 'error' } },
      ],
    ],
    ['half a page', [{ at: 3, fault: { kind: 'truncated' } }]],
    ['half a page that looks whole', [{ at: 3, fault: { kind: 'truncated', as: 'short' } }]],
    ['a page twice', [{ at: 4, fault: { kind: 'repeated' } }]],
    ['no answer', [{ at: 4, fault: { kind: 'hang' } }]],
  ];
  test.each(faults)('%s costs a try and nothing else', async (_name, orders) => {
    const api = await extracting.apiWith({ paging });
    api.order(...orders);
    const execution = randomUUID();
    const state = await extracting.extractAll(execution);
    expect(state).toMatchObject({ isComplete: true, records: 950, pages: 10 });
    expect(await extracting.extracted(execution)).toEqual(held(api));
    expect(api.served).toHaveLength(10 + orders.length);
  });

  test.each(['seconds', 'date'] as const)('429 is waited for as long as Retry-After says, in %s', async (as) => {
    const api = await extracting.apiWith({ paging });
    api.order({ at: 2, fault: { kind: 'busy', seconds: 2, as } });
    const startedAt = Date.now();
    expect(await extracting.extractAll(randomUUID())).toMatchObject({ records: 950 });
    // A date has no milliseconds.
    expect(Date.now() - startedAt).toBeGreaterThan(as === 'date' ? 900 : 1900);
  });

  test('records that are changed and added between pages are all there, none in an older state only', async () => {
    const api = await extracting.apiWith({ paging });
    api.order({ at: 4, fault: { kind: 'changed', update: 30, add: 120 } });
    const execution = randomUUID();
    expect(await extracting.extractAll(execution)).toMatchObject({ records: 1070 });
    expect(await extracting.extracted(execution)).toEqual(held(api));
    expect((await extracting.manifest(execution)).readings).toBe(paging === 'page' ? 2 : 1);
  });

  test('a call that is killed is gone on with by the next, which repeats one page at most', async () => {
    const api = await extracting.apiWith({ paging });
    const execution = randomUUID();
    const clock = { left: 5 };
    // The last look at the clock is as a kill: whatever was begun stays undone.
    const killed = extracting.call(execution, { full: true }, () => {
      clock.left -= 1;
      if (clock.left === 0) throw new Error('killed');
      return 900_000;
    });
    await expect(killed).rejects.toThrow('killed');
    const before = api.served.length;
    expect(before).toBeGreaterThan(2);
    expect(await extracting.names(execution)).not.toContain('manifest.json');
    expect(await extracting.extractAll(execution)).toMatchObject({ records: 950, pages: 10 });
    expect(api.served.length).toBeLessThanOrEqual(11);
    expect(await extracting.extracted(execution)).toEqual(held(api));
  });

  test('a call whose time is up says so, and the next goes on', async () => {
    const api = await extracting.apiWith({ paging });
    const execution = randomUUID();
    const clock = { left: 4 };
    const time = () => (clock.left-- > 0 ? 900_000 : 10_500);
    const first = await extracting.call(execution, { full: true }, time);
    expect(first).toMatchObject({ isComplete: false, pages: 4, records: 400, waitSeconds: 0 });
    const second = await extracting.call(execution, first);
    expect(second).toMatchObject({ isComplete: true, pages: 10, records: 950 });
    await extracting.end(execution, second);
    expect(api.served).toHaveLength(10);
    // Once more, as after an answer that was lost: nothing is asked again.
    expect(await extracting.call(execution, first)).toEqual(second);
    expect(api.served).toHaveLength(10);
    await extracting.end(execution, second);
  });
});

describe('pages by number', () => {
  test('whose records become fewer are read again', async () => {
    const api = await extracting.apiWith({ paging: 'page' });
    api.order({ at: 4, fault: { kind: 'changed', remove: 5 } });
    const execution = randomUUID();
    expect(await extracting.extractAll(execution)).toMatchObject({ records: 945 });
    expect(await extracting.extracted(execution)).toEqual(held(api));
    expect((await extracting.manifest(execution)).readings).toBe(2);
  });

  test('that never fit together are given up', async () => {
    const api = await extracting.apiWith({ paging: 'page' });
    for (let at = 2; at < 100; at += 5) api.order({ at, fault: { kind: 'changed', update: 10 } });
    const execution = randomUUID();
    await expect(extracting.call(execution, { full: true })).rejects.toThrow(SourceChanging);
    expect(await extracting.names(execution)).not.toContain('manifest.json');
  });
});

describe('what a source asks for', () => {
  beforeAll(async () => {
    extracting = await Extracting.create();
  });

  test('a pause longer than the call is left to the machine', async () => {
    const api = await extracting.apiWith();
    api.order({ at: 3, fault: { kind: 'busy', seconds: 30 } });
    const state = await extracting.call(randomUUID(), { full: true }, () => 25_000);
    expect(state).toMatchObject({ isComplete: false, pages: 2, waitSeconds: 30 });
  });
});
