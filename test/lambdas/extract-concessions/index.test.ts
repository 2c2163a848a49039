import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { SourceChanging, SourceRefused, SourceUnavailable, TurnTaken, UnexpectedAnswer } from '../../../contracts/errors';
import type { Order } from '../../concessions-api/faults';
import { ConcessionsApi, type ConcessionsApiProps } from '../../concessions-api/server';
import { Extracting, held, type ExtractOptions } from './extracting';

let extracting: Extracting;

beforeAll(async () => {
  extracting = await Extracting.create();
});

async function apiWith(props: Partial<ConcessionsApiProps> & ExtractOptions = {}): Promise<ConcessionsApi> {
  const api = await ConcessionsApi.start({ count: 950, paging: 'cursor', ...props });
  onTestFinished(() => api.close());
  extracting.use(api, props);
  return api;
}

/** A whole extract, and its turn given back without moving the watermark. */
async function extractAll(execution: string, state: object = { full: true }) {
  const extracted = await extracting.call(execution, state);
  await extracting.end(execution, extracted);
  return extracted;
}

const pagings = ['cursor', 'page'] as const;

describe.each(pagings)('an API that pages by %s', (paging) => {
  test('is read to its end, page by page as it came', async () => {
    const api = await apiWith({ paging });
    const execution = randomUUID();
    const state = await extractAll(execution);
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
    const api = await apiWith({ paging });
    api.order(...orders);
    const execution = randomUUID();
    const state = await extractAll(execution);
    expect(state).toMatchObject({ isComplete: true, records: 950, pages: 10 });
    expect(await extracting.extracted(execution)).toEqual(held(api));
    expect(api.served).toHaveLength(10 + orders.length);
  });

  test.each(['seconds', 'date'] as const)('429 is waited for as long as Retry-After says, in %s', async (as) => {
    const api = await apiWith({ paging });
    api.order({ at: 2, fault: { kind: 'busy', seconds: 2, as } });
    const startedAt = Date.now();
    expect(await extractAll(randomUUID())).toMatchObject({ records: 950 });
    // A date has no milliseconds.
    expect(Date.now() - startedAt).toBeGreaterThan(as === 'date' ? 900 : 1900);
  });

  test('records that are changed and added between pages are all there, none in an older state only', async () => {
    const api = await apiWith({ paging });
    api.order({ at: 4, fault: { kind: 'changed', update: 30, add: 120 } });
    const execution = randomUUID();
    expect(await extractAll(execution)).toMatchObject({ records: 1070 });
    expect(await extracting.extracted(execution)).toEqual(held(api));
    expect((await extracting.manifest(execution)).readings).toBe(paging === 'page' ? 2 : 1);
  });

  test('a call that is killed is gone on with by the next, which repeats one page at most', async () => {
    const api = await apiWith({ paging });
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
    expect(await extractAll(execution)).toMatchObject({ records: 950, pages: 10 });
    expect(api.served.length).toBeLessThanOrEqual(11);
    expect(await extracting.extracted(execution)).toEqual(held(api));
  });

  test('a call whose time is up says so, and the next goes on', async () => {
    const api = await apiWith({ paging });
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
    const api = await apiWith({ paging: 'page' });
    api.order({ at: 4, fault: { kind: 'changed', remove: 5 } });
    const execution = randomUUID();
    expect(await extractAll(execution)).toMatchObject({ records: 945 });
    expect(await extracting.extracted(execution)).toEqual(held(api));
    expect((await extracting.manifest(execution)).readings).toBe(2);
  });

  test('that never fit together are given up', async () => {
    const api = await apiWith({ paging: 'page' });
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
    const api = await apiWith();
    api.order({ at: 3, fault: { kind: 'busy', seconds: 30 } });
    const state = await extracting.call(randomUUID(), { full: true }, () => 25_000);
    expect(state).toMatchObject({ isComplete: false, pages: 2, waitSeconds: 30 });
  });
});

describe('an increment', () => {
  beforeAll(async () => {
    extracting = await Extracting.create();
  });

  test('fetches what was changed since the last complete extract, and no more', async () => {
    const api = await apiWith();
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await extracting.end(one, await extracting.call(one));
    const fetched = () => api.served.splice(0).reduce((sum, { records }) => sum + records, 0);
    expect(fetched()).toBe(950);
    const nothing = await extracting.call(two);
    expect(nothing).toMatchObject({ from: api.records.all.at(-1)?.updated_at, records: 1 });
    await extracting.end(two, nothing);
    expect(fetched()).toBe(1);
    api.records.update(20);
    api.records.add(30);
    const more = await extracting.call(three);
    await extracting.end(three, more);
    expect(more.records).toBe(51);
    expect(fetched()).toBe(51);
  });

  test('begins before the watermark by the overlap, where it is asked to by --since, and at nothing with --full', async () => {
    const api = await apiWith({ overlapSeconds: 3600 });
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await extracting.end(one, await extracting.call(one, { full: true }));
    const last = Date.parse(api.records.all.at(-1)?.updated_at ?? '');
    const two_ = await extracting.call(two);
    expect(two_.from).toBe(new Date(last - 3_600_000).toISOString());
    await extracting.end(two, two_);
    const three_ = await extracting.call(three, { since: '2025-01-03T10:00:00+10:00' });
    expect(three_.from).toBe('2025-01-03T00:00:00.000Z');
    await extracting.end(three, three_);
  });

  test('that is not complete moves nothing', async () => {
    extracting = await Extracting.create();
    const api = await apiWith({ budgetSeconds: 0 });
    api.order({ at: 4, fault: { kind: 'error' } });
    const [one, two] = [randomUUID(), randomUUID()];
    await expect(extracting.call(one)).rejects.toThrow(SourceUnavailable);
    // The first one's turn ends as the machine ends it.
    const { handler: end } = await import('../../../lambdas/end-extract/index');
    await end({ isDone: false, source: 'concessions', executionName: one });
    expect(await extracting.call(two)).toMatchObject({ from: null, records: 950 });
  });
});

describe('an extract that fails', () => {
  beforeAll(async () => {
    extracting = await Extracting.create();
  });

  test('says the page and what was answered last, when the budget is spent', async () => {
    const api = await apiWith({ budgetSeconds: 1, paging: 'page' });
    for (let at = 3; at < 40; at += 1) api.order({ at, fault: { kind: 'error' } });
    const execution = randomUUID();
    const failure = await extracting.call(execution, { full: true }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceUnavailable);
    expect(String(failure)).toMatch(/v1\/concessions, page 3: HTTP 500 .*out of order.*after \d+ tr(y|ies)/);
    expect(await extracting.names(execution)).toEqual(['page-000001.json', 'page-000002.json', 'progress.json']);
  });

  test('says where in an answer the first value stands that was not agreed', async () => {
    extracting = await Extracting.create();
    const api = await apiWith();
    api.order({ at: 2, fault: { kind: 'malformed' } });
    await expect(extracting.call(randomUUID())).rejects.toThrow(
      /the page at cursor "\w+", items\[0\]\.lines: expected array, got string/,
    );
    api.order({ at: 1, fault: { kind: 'malformed' } });
  });

  test('is refused by what it asks in a wrong way', async () => {
    extracting = await Extracting.create();
    const api = await apiWith();
    process.env['SOURCE_URL'] = api.url.replace('concessions', 'else');
    await expect(extracting.call(randomUUID())).rejects.toThrow(SourceRefused);
    await expect(extracting.call(randomUUID())).rejects.toThrow(TurnTaken);
  });
});

describe('the token', () => {
  beforeAll(async () => {
    extracting = await Extracting.create();
  });

  test('is fetched again when it is no longer taken, once', async () => {
    const api = await apiWith({ token: 'first' });
    await extracting.putToken('second');
    api.order({ at: 3, fault: { kind: 'rotated', token: 'second' } });
    expect(await extractAll(randomUUID())).toMatchObject({ records: 950 });
    expect(api.served.map(({ status }) => status)).toEqual([200, 200, 401, ...Array<number>(8).fill(200)]);
    api.expectToken('a third that nobody told us');
    const failure = await extracting.call(randomUUID(), { full: true }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceRefused);
    expect(String(failure)).toMatch(/HTTP 401 .* put a token that it takes into the secret/);
    expect(String(failure)).not.toContain('second');
    expect(api.served.slice(-2).map(({ status }) => status)).toEqual([401, 401]);
  });
});

test('an answer that was not agreed is terminal', () => {
  expect(new UnexpectedAnswer('').kind).toBe('terminal');
});
